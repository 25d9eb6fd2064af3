namespace Codecs.Evaluation;

/// <summary>The curves of a sound codec read at a round rate.</summary>
/// <param name="KbitPerSecond">The rate.</param>
/// <param name="Scores">Linear in the logarithm of the rate between two points; null outside the curve.</param>
public sealed record ScoresAtRate(double KbitPerSecond, AudioScores Scores);
