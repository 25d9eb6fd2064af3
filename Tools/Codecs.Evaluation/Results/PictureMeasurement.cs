namespace Codecs.Evaluation;

/// <summary>One picture at one setting.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="PsnrDb">PSNR over all RGB samples, dB; null when the picture came back exactly.</param>
/// <param name="MsSsim">MS-SSIM, 0..1, mean of the three channels.</param>
/// <param name="EncodeSeconds">Wall time from samples to file.</param>
/// <param name="DecodeSeconds">Wall time from file to samples.</param>
public sealed record PictureMeasurement(long Bytes, double? PsnrDb, double MsSsim, double EncodeSeconds, double DecodeSeconds) : IPictureQuality
{
    /// <summary>The other measures; null in files of earlier versions.</summary>
    public PictureScores? Scores { get; init; }
}
