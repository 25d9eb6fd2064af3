namespace Codecs.Evaluation;

/// <summary>The files of an evaluation in its output folder.</summary>
public static class EvaluationFiles
{
    /// <summary>The result.</summary>
    public const string Results = "results.json";

    /// <summary>Measurements of pictures to use again.</summary>
    public const string Cache = "cache.json";

    /// <summary>Measurements of sounds to use again.</summary>
    public const string AudioCache = "cache-audio.json";

    /// <summary>Measurements of videos to use again.</summary>
    public const string VideoCache = "cache-video.json";

    /// <summary>The page that shows everything.</summary>
    public const string Page = "index.html";

    /// <summary>Writes results.json, a plot for each measure (SVG and PNG) and the page, replacing those of an earlier run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; it is created when missing.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    /// <param name="sheets">Pictures in the folder for the page to show, or null.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        EvaluationResult result, string folder, IReadOnlyList<ContenderResult>? baselines = null, IReadOnlyList<ViewingSheet>? sheets = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(
            folder,
            [
                (Results, EvaluationJson.ToBytes(result)),
                .. Plots.SelectMany(p => Both(p.Name, () => RatePlot.ToSvg(result, p.Quality, baselines), () => RatePlot.ToPng(result, p.Quality, baselines))),
                (Page, EvaluationPage.ToHtml(result, sheets ?? [])),
            ]);
    }

    /// <summary>
    /// Writes results.json, plots (of mel distance and PSNR; of speech STOI, ViSQOL-style score and mel distance) and the page, replacing those of an
    /// earlier run.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; it is created when missing.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    /// <param name="clips">Samples in the folder for the page to play, or null.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        AudioEvaluationResult result, string folder, IReadOnlyList<AudioContenderResult>? baselines = null, IReadOnlyList<ListeningClip>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(
            folder,
            [
                (Results, EvaluationJson.ToBytes(result)),
                .. AudioPlots(result.Speech).SelectMany(
                    p => Both(p.Name, () => RatePlot.ToSvg(result, p.Quality, baselines), () => RatePlot.ToPng(result, p.Quality, baselines))),
                (Page, EvaluationPage.ToHtml(result, clips ?? [])),
            ]);
    }

    /// <summary>Writes results.json, plots (of PSNR-YUV, PSNR-RGB and MS-SSIM) and the page, replacing those of an earlier run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; it is created when missing.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    /// <param name="sheets">Videos in the folder for the page to play, or null.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        VideoEvaluationResult result, string folder, IReadOnlyList<VideoContenderResult>? baselines = null, IReadOnlyList<WatchingSheet>? sheets = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(
            folder,
            [
                (Results, EvaluationJson.ToBytes(result)),
                .. VideoPlots.SelectMany(p => Both(p.Name, () => RatePlot.ToSvg(result, p.Quality, baselines), () => RatePlot.ToPng(result, p.Quality, baselines))),
                (Page, EvaluationPage.ToHtml(result, sheets ?? [])),
            ]);
    }

    /// <summary>Writes results.json, replacing that of an earlier run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; it is created when missing.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(PacketEvaluationResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(folder, [(Results, EvaluationJson.ToBytes(result))]);
    }

    /// <summary>The plots of pictures and the names of their files, without extension.</summary>
    internal static IReadOnlyList<(string Name, PlotQuality Quality)> Plots { get; } =
    [
        ("psnr", PlotQuality.Psnr),
        ("ms-ssim", PlotQuality.MsSsim),
        ("haarpsi", PlotQuality.HaarPsi),
        ("dss", PlotQuality.Dss),
        ("ssimulacra2", PlotQuality.Ssimulacra2),
        ("mdsi", PlotQuality.Mdsi),
        ("gmsd", PlotQuality.Gmsd),
    ];

    /// <summary>The same for videos.</summary>
    internal static IReadOnlyList<(string Name, VideoPlotQuality Quality)> VideoPlots { get; } =
        [("psnr-yuv", VideoPlotQuality.PsnrYuv), ("psnr-rgb", VideoPlotQuality.PsnrRgb), ("ms-ssim", VideoPlotQuality.MsSsim)];

    /// <summary>The same for sounds.</summary>
    internal static IReadOnlyList<(string Name, AudioPlotQuality Quality)> AudioPlots(bool speech) => speech
        ? [("stoi", AudioPlotQuality.Stoi), ("visqol", AudioPlotQuality.SpeechMos), ("mel", AudioPlotQuality.Mel)]
        : [("mel", AudioPlotQuality.Mel), ("psnr", AudioPlotQuality.Psnr)];

    private static IEnumerable<(string Name, byte[] Bytes)> Both(string name, Func<byte[]> svg, Func<byte[]> png) => [(name + ".svg", svg()), (name + ".png", png())];

    private static string[] Write(string folder, IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] bytes) in files)
        {
            WholeFile.Write(Path.Combine(folder, name), bytes);
        }

        return [.. files.Select(f => Path.Combine(folder, f.Name))];
    }
}
