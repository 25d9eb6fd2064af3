namespace Codecs.Evaluation;

/// <summary>One setting of a sound codec: means of the values of the single sounds, and these.</summary>
/// <param name="Setting">Value of the codec's knob.</param>
/// <param name="KbitPerSecond">Mean of 8 x file bytes / seconds / 1000, all channels together.</param>
/// <param name="Scores">Mean scores; null where one of the sounds has none.</param>
/// <param name="EncodeSeconds">Mean wall time of encoding a sound.</param>
/// <param name="DecodeSeconds">Mean wall time of decoding a sound.</param>
/// <param name="Sounds">The measurements, in the order of <see cref="AudioEvaluationResult.Sounds"/>.</param>
public sealed record AudioRatePoint(
    double Setting,
    double KbitPerSecond,
    AudioScores Scores,
    double EncodeSeconds,
    double DecodeSeconds,
    IReadOnlyList<SoundMeasurement> Sounds)
{
    /// <summary>Seconds of sound that are encoded in a second, over all sounds; null in files of earlier versions.</summary>
    public double? EncodeSpeed { get; init; }

    /// <summary>Seconds of sound that are decoded in a second, likewise.</summary>
    public double? DecodeSpeed { get; init; }
}
