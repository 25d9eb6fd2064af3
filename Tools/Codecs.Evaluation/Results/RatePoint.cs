namespace Codecs.Evaluation;

/// <summary>One setting of a codec: means of the values of the single pictures, and these.</summary>
/// <param name="Setting">Value of the codec's knob.</param>
/// <param name="BitsPerPixel">Mean of 8 x file bytes / pixels.</param>
/// <param name="PsnrDb">Mean PSNR, dB; null when a picture came back exactly, which has none.</param>
/// <param name="MsSsim">Mean MS-SSIM, 0..1.</param>
/// <param name="MsSsimDb">-10 log10(1 - <paramref name="MsSsim"/>), dB; null when that is infinite.</param>
/// <param name="EncodeSeconds">Mean wall time of encoding a picture.</param>
/// <param name="DecodeSeconds">Mean wall time of decoding a picture.</param>
/// <param name="Pictures">The measurements, in the order of <see cref="EvaluationResult.Pictures"/>.</param>
public sealed record RatePoint(
    double Setting,
    double BitsPerPixel,
    double? PsnrDb,
    double MsSsim,
    double? MsSsimDb,
    double EncodeSeconds,
    double DecodeSeconds,
    IReadOnlyList<PictureMeasurement> Pictures) : IPictureQuality
{
    /// <summary>Means of the other measures; null in files of earlier versions.</summary>
    public PictureScores? Scores { get; init; }
}
