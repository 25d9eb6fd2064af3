namespace Codecs.Evaluation;

/// <summary>An evaluation on videos as aligned plain text, for standard output.</summary>
public static class VideoTextReport
{
    internal const string RatiosTitle = "Bits relative to each codec at equal PSNR-YUV, video by video (0.80 is 20 % fewer)";

    internal const string BdRatesTitle = "BD-rate (PSNR-YUV), video by video";

    private const string MeanName = "mean";

    /// <summary>Writes the curves, bits at equal quality and BD-rates for each video, and one sentence for each comparison.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Where to.</param>
    public static void Write(VideoEvaluationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(
            $"{result.DataSet}: {Cell.Count(result.Clips.Count, "video")}, means over all of them{(result.Skipped.Count == 0 ? "" : $"; {result.Skipped.Count} skipped")}");
        output.WriteLine();
        Curves(result).Write(output);
        foreach ((string title, TextTable table) in Comparisons(result))
        {
            output.WriteLine();
            output.WriteLine(title);
            table.Write(output);
        }

        if (result.Comparisons.Count > 0)
        {
            output.WriteLine();
            foreach (VideoCurveComparison comparison in result.Comparisons)
            {
                output.WriteLine(Sentence(comparison));
            }
        }

        if (result.Skipped.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"Skipped: {string.Join(", ", result.Skipped.Select(s => s.Name))}");
        }
    }

    /// <summary>One comparison in words, such as "nirvana vs x264: BD-rate -12.1 % (PSNR-YUV), -8.3 % (PSNR-RGB), -20.0 % (MS-SSIM)".</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Sentence(VideoCurveComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string who = $"{comparison.Codec} vs {comparison.Anchor}: ";
        string Rate(double? percent, string measure) => $"{Cell.Signed(percent, "0.0", " %")} ({measure})";
        return comparison.Mean is { BdRatePsnrYuvPercent: null, BdRatePsnrRgbPercent: null, BdRateMsSsimPercent: null }
            ? $"{who}the curves of {(comparison.Clips.Count == 1 ? "the video" : "some videos")} share no range"
            : $"{who}BD-rate {Rate(comparison.Mean.BdRatePsnrYuvPercent, "PSNR-YUV")}, {Rate(comparison.Mean.BdRatePsnrRgbPercent, "PSNR-RGB")}, {Rate(comparison.Mean.BdRateMsSsimPercent, "MS-SSIM")}";
    }

    /// <summary>What was measured.</summary>
    internal static TextTable Clips(VideoEvaluationResult result)
    {
        var table = new TextTable(["video", "columns", "rows", "frames", "frames/s"]);
        table.AddRule();
        foreach (EvaluatedClip clip in result.Clips)
        {
            table.AddRow([clip.Name, Cell.Text(clip.Width, "0"), Cell.Text(clip.Height, "0"), Cell.Text(clip.Frames, "0"), Cell.Text(clip.FramesPerSecond, "0.###")]);
        }

        return table;
    }

    /// <summary>All points of all codecs.</summary>
    internal static TextTable Curves(VideoEvaluationResult result)
    {
        var table = new TextTable(["codec", "setting", "bpp", "kbit/s", .. VideoMeasure.All.Select(m => m.Title), "encode s/frame", "decode s/frame"]);
        foreach (VideoContenderResult codec in result.Codecs)
        {
            table.AddRule();
            foreach (VideoRatePoint point in codec.Points)
            {
                table.AddRow(
                [
                    codec.Name,
                    $"{codec.SettingName} {Cell.Text(point.Setting, "0.###")}",
                    Cell.Text(point.BitsPerPixel, "0.00000"),
                    Cell.Text(point.KbitPerSecond, "0.0"),
                    .. VideoMeasure.All.Select(m => Cell.Text(m.Of(point), "0.00")),
                    Cell.Text(point.EncodeSecondsPerFrame, "0.0000"),
                    Cell.Text(point.DecodeSecondsPerFrame, "0.0000"),
                ]);
            }
        }

        return table;
    }

    /// <summary>Tables of what is compared; none when nothing is.</summary>
    internal static IEnumerable<(string Title, TextTable Table)> Comparisons(VideoEvaluationResult result) =>
        result.Comparisons.Count == 0 ? [] : [(RatiosTitle, Ratios(result)), (BdRatesTitle, BdRates(result))];

    /// <summary>For each codec under test, video and setting, its bytes over those of what it is compared with; then geometric means.</summary>
    private static TextTable Ratios(VideoEvaluationResult result)
    {
        string[] anchors = [.. result.Comparisons.Select(c => c.Anchor).Distinct()];
        var table = new TextTable(["codec", "video", "setting", "bpp", VideoMeasure.PsnrYuv.Title, .. anchors.Select(a => $"/ {a}")]);
        foreach (VideoContenderResult codec in UnderTest(result))
        {
            for (int clip = 0; clip <= result.Clips.Count; clip++)
            {
                bool isMean = clip == result.Clips.Count;
                table.AddRule();
                for (int s = 0; s < codec.Points.Count; s++)
                {
                    IVideoQuality point = isMean ? codec.Points[s] : codec.Points[s].Clips[clip];
                    table.AddRow(
                    [
                        codec.Name,
                        isMean ? MeanName : result.Clips[clip].Name,
                        $"{codec.SettingName} {Cell.Text(codec.Points[s].Setting, "0.###")}",
                        Cell.Text(point.BitsPerPixel, "0.00000"),
                        Cell.Text(point.PsnrYuvDb, "0.00"),
                        .. anchors.Select(anchor => Cell.Text(Of(result, codec.Name, anchor, clip)?.AtEqualPsnrYuv[s].Ratio, "0.000")),
                    ]);
                }
            }
        }

        return table;
    }

    /// <summary>For each codec under test and video, BD-rates against each codec that it is compared with; then means.</summary>
    private static TextTable BdRates(VideoEvaluationResult result)
    {
        string[] anchors = [.. result.Comparisons.Select(c => c.Anchor).Distinct()];
        var table = new TextTable(["codec", "video", .. anchors.Select(a => $"vs {a}")]);
        foreach (VideoContenderResult codec in UnderTest(result))
        {
            table.AddRule();
            for (int clip = 0; clip <= result.Clips.Count; clip++)
            {
                table.AddRow(
                [
                    codec.Name,
                    clip == result.Clips.Count ? MeanName : result.Clips[clip].Name,
                    .. anchors.Select(anchor => Cell.Signed(Of(result, codec.Name, anchor, clip)?.BdRatePsnrYuvPercent, "0.0", " %")),
                ]);
            }
        }

        return table;
    }

    private static IEnumerable<VideoContenderResult> UnderTest(VideoEvaluationResult result) =>
        result.Codecs.Where(c => result.Comparisons.Any(comparison => comparison.Codec == c.Name));

    /// <summary>One video's comparison, or the mean behind the last video; null when the pair was not compared.</summary>
    private static ClipComparison? Of(VideoEvaluationResult result, string codec, string anchor, int clip) =>
        result.Comparisons.FirstOrDefault(c => c.Codec == codec && c.Anchor == anchor) is { } found ? clip == found.Clips.Count ? found.Mean : found.Clips[clip] : null;
}
