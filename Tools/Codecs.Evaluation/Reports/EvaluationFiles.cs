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

    /// <summary>Writes results.json, psnr.svg, psnr.png, ms-ssim.svg and ms-ssim.png, replacing those of an earlier run.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; it is created when missing.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(EvaluationResult result, string folder, IReadOnlyList<ContenderResult>? baselines = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(
            folder,
            (Results, EvaluationJson.ToBytes(result)),
            ("psnr.svg", RatePlot.ToSvg(result, PlotQuality.Psnr, baselines)),
            ("psnr.png", RatePlot.ToPng(result, PlotQuality.Psnr, baselines)),
            ("ms-ssim.svg", RatePlot.ToSvg(result, PlotQuality.MsSsim, baselines)),
            ("ms-ssim.png", RatePlot.ToPng(result, PlotQuality.MsSsim, baselines)));
    }

    /// <summary>Writes results.json, mel.svg, mel.png, psnr.svg and psnr.png, replacing those of an earlier run.</summary>
    /// <inheritdoc cref="Write(EvaluationResult, string, IReadOnlyList{ContenderResult}?)"/>
    public static IReadOnlyList<string> Write(AudioEvaluationResult result, string folder, IReadOnlyList<AudioContenderResult>? baselines = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(
            folder,
            (Results, EvaluationJson.ToBytes(result)),
            ("mel.svg", RatePlot.ToSvg(result, AudioPlotQuality.Mel, baselines)),
            ("mel.png", RatePlot.ToPng(result, AudioPlotQuality.Mel, baselines)),
            ("psnr.svg", RatePlot.ToSvg(result, AudioPlotQuality.Psnr, baselines)),
            ("psnr.png", RatePlot.ToPng(result, AudioPlotQuality.Psnr, baselines)));
    }

    private static string[] Write(string folder, params (string Name, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] bytes) in files)
        {
            WholeFile.Write(Path.Combine(folder, name), bytes);
        }

        return [.. files.Select(f => Path.Combine(folder, f.Name))];
    }
}
