namespace Codecs.Evaluation;

/// <summary>How one video codec does against another.</summary>
/// <param name="Codec">The codec under test.</param>
/// <param name="Anchor">What it is compared with.</param>
/// <param name="Mean">Over all videos: means of the BD-rates, geometric means of the ratios; null where one of the videos has no value.</param>
/// <param name="Clips">Video by video, in the order of <see cref="VideoEvaluationResult.Clips"/>.</param>
public sealed record VideoCurveComparison(string Codec, string Anchor, ClipComparison Mean, IReadOnlyList<ClipComparison> Clips);

/// <summary>Two curves of one video, or means; a value is null when the curves share no range.</summary>
/// <param name="BdRatePsnrYuvPercent">BD-rate at equal PSNR-YUV 6:1:1, per cent; -20 means 20 % fewer bytes than the anchor.</param>
/// <param name="BdRatePsnrRgbPercent">BD-rate at equal PSNR over RGB, per cent.</param>
/// <param name="BdRateMsSsimPercent">BD-rate at equal MS-SSIM in dB, per cent.</param>
/// <param name="AtEqualPsnrYuv">One for each setting of the codec under test.</param>
public sealed record ClipComparison(
    double? BdRatePsnrYuvPercent, double? BdRatePsnrRgbPercent, double? BdRateMsSsimPercent, IReadOnlyList<RateRatio> AtEqualPsnrYuv);

/// <summary>The bytes of one codec over those of another that is as good.</summary>
/// <param name="Setting">Setting of the codec under test.</param>
/// <param name="Ratio">
/// 0.8 means 20 % fewer bytes than the anchor at the same PSNR-YUV 6:1:1; the anchor's rate is read from its curve, its logarithm linear in dB between two
/// points. Null outside the anchor's curve.
/// </param>
public sealed record RateRatio(double Setting, double? Ratio);
