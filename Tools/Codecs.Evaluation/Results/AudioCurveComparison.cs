namespace Codecs.Evaluation;

/// <summary>How one sound codec does against another; a value is null when the curves share no range.</summary>
/// <param name="Codec">The codec under test.</param>
/// <param name="Anchor">What it is compared with.</param>
/// <param name="BdRateMelPercent">BD-rate at equal mel distance, per cent; -20 means 20 % fewer bytes than the anchor.</param>
/// <param name="BdRatePsnrPercent">BD-rate at equal normalised PSNR, per cent.</param>
public sealed record AudioCurveComparison(string Codec, string Anchor, double? BdRateMelPercent, double? BdRatePsnrPercent)
{
    /// <summary>BD-rate at equal STOI, per cent; null for sounds that are not speech.</summary>
    public double? BdRateStoiPercent { get; init; }

    /// <summary>BD-rate at equal ViSQOL-style score, per cent; null for sounds that are not speech.</summary>
    public double? BdRateSpeechMosPercent { get; init; }
}
