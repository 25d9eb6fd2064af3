namespace Codecs.Evaluation;

/// <summary>One sound at one setting.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Scores">How near the decoded sound is to the original.</param>
/// <param name="EncodeSeconds">Wall time from samples to file; of a classical codec with the start of its process.</param>
/// <param name="DecodeSeconds">Wall time from file to samples, likewise.</param>
public sealed record SoundMeasurement(long Bytes, AudioScores Scores, double EncodeSeconds, double DecodeSeconds);
