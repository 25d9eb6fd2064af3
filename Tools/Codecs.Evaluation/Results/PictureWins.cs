namespace Codecs.Evaluation;

/// <summary>On how many pictures one codec is better than another, by each measure.</summary>
/// <param name="Psnr">By PSNR.</param>
/// <param name="MsSsim">By MS-SSIM.</param>
/// <param name="HaarPsi">By HaarPSI.</param>
/// <param name="Dss">By DSS.</param>
/// <param name="Ssimulacra2">By SSIMULACRA 2.</param>
/// <param name="Mdsi">By MDSI.</param>
/// <param name="Gmsd">By GMSD.</param>
public sealed record PictureWins(int Psnr, int MsSsim, int HaarPsi, int Dss, int Ssimulacra2, int Mdsi, int Gmsd)
{
    /// <summary>In the order of <see cref="PictureMeasure.All"/>.</summary>
    internal IReadOnlyList<int> InOrder => [Psnr, MsSsim, HaarPsi, Dss, Ssimulacra2, Mdsi, Gmsd];

    /// <summary>Counts; equal values are nobody's win.</summary>
    /// <param name="ours">The pictures of the codec whose wins are counted.</param>
    /// <param name="theirs">The same pictures of the other.</param>
    internal static PictureWins Of(IReadOnlyList<IPictureQuality> ours, IReadOnlyList<IPictureQuality> theirs)
    {
        int Count(PictureMeasure measure) => ours.Zip(theirs).Count(pair => measure.IsBetter(pair.First, pair.Second));
        return new PictureWins(
            Count(PictureMeasure.Psnr),
            Count(PictureMeasure.MsSsim),
            Count(PictureMeasure.HaarPsi),
            Count(PictureMeasure.Dss),
            Count(PictureMeasure.Ssimulacra2),
            Count(PictureMeasure.Mdsi),
            Count(PictureMeasure.Gmsd));
    }
}
