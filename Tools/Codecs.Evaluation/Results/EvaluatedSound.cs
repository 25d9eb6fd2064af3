namespace Codecs.Evaluation;

/// <summary>A sound that was measured.</summary>
/// <param name="Name">File name without its folder.</param>
/// <param name="SampleRate">Samples per second and channel.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Samples">Samples of each channel that were measured.</param>
/// <param name="Sha256">Hash of shape and samples, lower-case hexadecimal: two runs with equal hashes measured the same sounds.</param>
public sealed record EvaluatedSound(string Name, int SampleRate, int Channels, long Samples, string Sha256) : IEvaluatedMedium;
