namespace Codecs.Evaluation;

/// <summary>Everything that a plot shows, whatever was measured.</summary>
internal sealed record PlotSheet
{
    private const double SmallMargin = 0.01;

    public required string Title { get; init; }

    /// <summary>Label of the horizontal axis.</summary>
    public required string Rate { get; init; }

    /// <summary>Label of the vertical axis.</summary>
    public required string Quality { get; init; }

    /// <summary>From the lowest to the topmost.</summary>
    public required IReadOnlyList<PlotCurve> Curves { get; init; }

    /// <summary>The horizontal axis from 0 to here where the curves allow it, or null for a logarithmic one with all points.</summary>
    public double? UsualRateLimit { get; init; }

    /// <summary>Room above and below the curves at least, in the unit of the vertical axis.</summary>
    public double LeastMargin { get; init; } = SmallMargin;

    /// <summary>Curves fall, so the room for the legend is above them.</summary>
    public bool LowerIsBetter { get; init; }

    public static PlotSheet Of(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult>? baselines)
    {
        ArgumentNullException.ThrowIfNull(result);
        (PictureMeasure measure, string title, string label) = quality switch
        {
            PlotQuality.Psnr => (PictureMeasure.Psnr, "PSNR", "PSNR over RGB, dB"),
            PlotQuality.MsSsim => (PictureMeasure.MsSsim, "MS-SSIM", "MS-SSIM, dB: -10 log10(1 - MS-SSIM)"),
            PlotQuality.HaarPsi => (PictureMeasure.HaarPsi, "HaarPSI", "HaarPSI, 0 to 1"),
            PlotQuality.Dss => (PictureMeasure.Dss, "DSS", "DCT subband similarity, up to 1"),
            PlotQuality.Ssimulacra2 => (PictureMeasure.Ssimulacra2, "SSIMULACRA 2", "SSIMULACRA 2, up to 100"),
            PlotQuality.Mdsi => (PictureMeasure.Mdsi, "MDSI", "MDSI, lower is better"),
            PlotQuality.Gmsd => (PictureMeasure.Gmsd, "GMSD", "GMSD, lower is better"),
            _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "Not a measure of pictures."),
        };
        Func<RatePoint, double?> value = quality == PlotQuality.MsSsim ? p => p.MsSsimDb : measure.Of;
        return new()
        {
            Title = TitleOf(result.DataSet, title, result.Pictures.Count, "picture"),
            Rate = "bits per pixel (file size)",
            Quality = label,
            Curves = Order(result.Codecs, baselines, c => [.. c.Points.Select(p => (p.BitsPerPixel, value(p)))]),

            // Where pictures are usually compressed.
            UsualRateLimit = 2,
            LowerIsBetter = measure.LowerIsBetter,
            LeastMargin = quality is PlotQuality.Psnr or PlotQuality.MsSsim or PlotQuality.Ssimulacra2 ? 0.5 : SmallMargin,
        };
    }

    public static PlotSheet Of(AudioEvaluationResult result, AudioPlotQuality quality, IReadOnlyList<AudioContenderResult>? baselines)
    {
        ArgumentNullException.ThrowIfNull(result);
        (AudioMeasure measure, string title, string label) = quality switch
        {
            AudioPlotQuality.Mel => (AudioMeasure.Mel, "mel distance", "mel distance (DAC), lower is better"),
            AudioPlotQuality.Psnr => (AudioMeasure.Psnr, "PSNR", "PSNR at peak 0.5 (WaLLoC), dB"),
            AudioPlotQuality.Stoi => (AudioMeasure.Stoi, "intelligibility", "STOI"),
            AudioPlotQuality.SpeechMos => (AudioMeasure.SpeechMos, "predicted listening quality", "MOS (ViSQOL-style), 1 to 5"),
            _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "Not a measure of sounds."),
        };
        return new()
        {
            Title = TitleOf(result.DataSet, title, result.Sounds.Count, "sound"),
            Rate = "kbit/s (file size), logarithmic",
            Quality = label,
            Curves = Order(result.Codecs, baselines, c => [.. c.Points.Select(p => (p.KbitPerSecond, measure.Of(p.Scores)))]),
            LowerIsBetter = measure.LowerIsBetter,
        };
    }

    public static PlotSheet Of(VideoEvaluationResult result, VideoPlotQuality quality, IReadOnlyList<VideoContenderResult>? baselines)
    {
        ArgumentNullException.ThrowIfNull(result);
        (VideoMeasure measure, string title, string label) = quality switch
        {
            VideoPlotQuality.PsnrYuv => (VideoMeasure.PsnrYuv, "PSNR-YUV", "PSNR-YUV 6:1:1, dB"),
            VideoPlotQuality.PsnrRgb => (VideoMeasure.PsnrRgb, "PSNR-RGB", "PSNR over RGB, dB"),
            VideoPlotQuality.MsSsim => (VideoMeasure.MsSsim, "MS-SSIM", "MS-SSIM, dB: -10 log10(1 - MS-SSIM)"),
            _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "Not a measure of videos."),
        };
        return new()
        {
            Title = TitleOf(result.DataSet, title, result.Clips.Count, "video"),
            Rate = "bits per pixel (file size), logarithmic",
            Quality = label,
            Curves = Order(result.Codecs, baselines, c => [.. c.Points.Select(p => (p.BitsPerPixel, measure.Of(p)))]),
            LeastMargin = 0.5,
        };
    }

    private static string TitleOf(string dataSet, string measure, int count, string what) =>
        $"{dataSet}: {measure}, {(count == 1 ? $"1 {what}" : $"mean over {count} {what}s")}";

    /// <summary>Anchors first, so that the codec under test lies on top.</summary>
    private static IReadOnlyList<PlotCurve> Order<TCodec>(
        IReadOnlyList<TCodec> codecs, IReadOnlyList<TCodec>? baselines, Func<TCodec, IReadOnlyList<(double Rate, double? Quality)>> points)
        where TCodec : ICodecCurve =>
    [
        .. codecs.Where(c => c.IsAnchor).Select(c => new PlotCurve(c.Name, true, false, points(c))),
        .. (baselines ?? []).Select(c => new PlotCurve(c.Name, false, true, points(c))),
        .. codecs.Where(c => !c.IsAnchor).Select(c => new PlotCurve(c.Name, false, false, points(c))),
    ];
}
