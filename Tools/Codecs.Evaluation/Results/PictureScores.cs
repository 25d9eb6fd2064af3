namespace Codecs.Evaluation;

/// <summary>How near a decoded picture is to its original by measures that follow opinions better than PSNR and MS-SSIM, most of all where it is far.</summary>
/// <param name="HaarPsi">Haar wavelet-based perceptual similarity, 0..1.</param>
/// <param name="Dss">DCT subband similarity, at most 1; null for pictures with a side below 8 pixels.</param>
/// <param name="Ssimulacra2">SSIMULACRA 2, at most 100; null for pictures with a side below 8 pixels.</param>
/// <param name="Mdsi">Mean deviation similarity index, from 0; lower is better.</param>
/// <param name="Gmsd">Gradient magnitude similarity deviation, from 0; lower is better.</param>
public sealed record PictureScores(double? HaarPsi, double? Dss, double? Ssimulacra2, double? Mdsi, double? Gmsd)
{
    /// <summary>Scores of which each is found out by its measure.</summary>
    internal static PictureScores Of(Func<PictureMeasure, double?> value) => new(
        value(PictureMeasure.HaarPsi),
        value(PictureMeasure.Dss),
        value(PictureMeasure.Ssimulacra2),
        value(PictureMeasure.Mdsi),
        value(PictureMeasure.Gmsd));

    /// <summary>Means over several pictures; null where one of them has no value.</summary>
    internal static PictureScores Mean(IReadOnlyCollection<IPictureQuality> pictures) => Of(measure => measure.Mean(pictures));
}
