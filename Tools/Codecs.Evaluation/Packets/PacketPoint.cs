namespace Codecs.Evaluation;

/// <summary>What a method makes of a channel, means over all pictures and seeds.</summary>
/// <param name="Loss">Share of the packets that the channel loses on average.</param>
/// <param name="MeanBurst">Mean length of its bursts; null for losses that know nothing of each other.</param>
/// <param name="Method">The method.</param>
/// <param name="Bytes">All packets of a picture.</param>
/// <param name="Lost">Share of the packets that was lost.</param>
/// <param name="Guessed">Share of the sites that was guessed.</param>
/// <param name="IndexAccuracy">Share of the guessed sites that got the index that was sent; null when none was guessed.</param>
/// <param name="MsSsim">MS-SSIM against the original.</param>
/// <param name="Scores">Scores against the original.</param>
public sealed record PacketPoint(
    double Loss, double? MeanBurst, string Method, double Bytes, double Lost, double Guessed, double? IndexAccuracy, double MsSsim, PictureScores Scores) : IPictureQuality
{
    /// <inheritdoc/>
    double? IPictureQuality.PsnrDb => null;
}
