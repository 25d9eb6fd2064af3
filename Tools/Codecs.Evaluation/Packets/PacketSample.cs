namespace Codecs.Evaluation;

/// <summary>One picture after one channel.</summary>
/// <param name="Lost">Share of the packets that was lost.</param>
/// <param name="Sites">Sites of the picture.</param>
/// <param name="Guessed">Sites that were guessed.</param>
/// <param name="Wrong">Those of them that got another index than was sent.</param>
/// <param name="Quality">What the picture is worth; its bytes are those of all packets that were sent.</param>
internal sealed record PacketSample(double Lost, int Sites, int Guessed, int Wrong, PictureMeasurement Quality);
