using System.Text;
using System.Text.RegularExpressions;

namespace Codecs.Evaluation.Tests.Reports;

public sealed partial class EvaluationPageTests
{
    private const string Hostile = "<script>alert('1')</script> & \"quoted\"";

    [Fact]
    public void PicturesHavePlotsTablesAndComparisons()
    {
        string page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(Samples.TwoCurves(), []));

        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"psnr.svg\"", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"ms-ssim.svg\"", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"text\">jpeg</td><td class=\"text\">quality 1</td><td>0.6000</td><td>30.00</td>", page, StringComparison.Ordinal);
        Assert.Contains("mlicv2 vs jpeg: BD-rate", page, StringComparison.Ordinal);
        Assert.Contains("b.png: It is no picture.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<audio", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);
    }

    [Fact]
    public void PicturesAreShownSideBySideWithBytesAndScores()
    {
        EvaluationResult result = Samples.WithEqualBytes();
        EqualBytesFile file = result.EqualBytes![0].Entries[1].Files[0];
        ViewingSheet sheet = new(Hostile, "samples/01-a-original.png", [new ViewingPoint("quality", 1, [new ViewingSample("avif (reduced)", file, "samples/01-a-avif-7-reduced4.png")])]);
        string page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(result, [sheet]));

        Assert.Contains("<img src=\"samples/01-a-original.png\"", page, StringComparison.Ordinal);
        Assert.Matches("01-a-avif-7-reduced4\\.png\"[^/]*alt=\"avif \\(reduced\\)\"></a><figcaption><b>avif \\(reduced\\)</b><br>900 bytes, encoded at 1/4<br>PSNR dB 29.00", page);
        Assert.Contains("At equal bytes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);
    }

    [Fact]
    public void SamplesArePlayedWhereTheyLie()
    {
        ListeningClip clip = new("voice.wav", "samples/01-voice-original.flac", [new("opus", "kbit/s", 6, 6.305, "samples/01-voice-opus-6.flac")]);
        string page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(Samples.TwoSpeechCurves(), [clip]));

        Assert.Equal(2, Regex.Count(page, "<audio controls preload=\"none\" src=\"samples/01-voice-(original|opus-6)\\.flac\"></audio>"));
        Assert.Contains("kbit/s 6 (file: 6.3", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"visqol.svg\"", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);
    }

    [Fact]
    public void VideosArePlayedSideBySideTheOriginalFirst()
    {
        VideoEvaluationResult result = Samples.TwoVideoCurves();
        WatchingSheet sheet = new("a.mp4", "samples/01-a-original.mp4", [new("quality", 1,
        [
            new("nirvana", "quality", 1, result.Codecs[0].Points[1].Clips[0], "samples/01-a-nirvana-1.mp4"),
            new("x264", "crf", 2, result.Codecs[1].Points[1].Clips[0], "samples/01-a-x264-2.mp4"),
        ])]);
        string page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(result, [sheet]));

        Assert.Equal(
            ["original", "nirvana-1", "x264-2"],
            Regex.Matches(page, "<video controls loop muted playsinline preload=\"metadata\" src=\"samples/01-a-([^.]*)\\.mp4\"></video>").Select(m => m.Groups[1].Value));
        Assert.Contains("<b>x264, crf 2</b><br>50 bytes · 0.0500 bpp · PSNR-YUV 34.00", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"psnr-yuv.svg\"", page, StringComparison.Ordinal);
        Assert.Contains($"<li>{VideoTextReport.Sentence(result.Comparisons[0])}</li>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"text\">a.mp4</td><td class=\"text\">quality 1</td><td>0.04000</td><td>34.00</td><td>0.800</td>", page, StringComparison.Ordinal);
        Assert.Contains("c.mp4: It is no video.", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);
    }

    [Fact]
    public void NothingFromOutsideBecomesMarkup()
    {
        AudioEvaluationResult result = Samples.TwoSpeechCurves();
        result = result with
        {
            DataSet = Hostile,
            Machine = Hostile,
            Skipped = [new SkippedFile(Hostile, Hostile)],
            Codecs = [.. result.Codecs.Select(c => c with { Name = Hostile, Description = Hostile, SettingName = Hostile })],
            Comparisons = [new AudioCurveComparison(Hostile, Hostile, 1, 2)],
        };
        string page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(result, [new ListeningClip(Hostile, Hostile, [new(Hostile, Hostile, 1, 2, Hostile)])]));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"quoted", page, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;script&gt;", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);

        VideoEvaluationResult videos = Samples.TwoVideoCurves() with { DataSet = Hostile, Clips = [new(Hostile, 2, 2, 1, 25, ""), new(Hostile, 2, 2, 1, 25, "")] };
        WatchingSheet sheet = new(Hostile, Hostile, [new(Hostile, 1, [new(Hostile, Hostile, 1, videos.Codecs[0].Points[0].Clips[0], Hostile)])]);
        page = Encoding.UTF8.GetString(EvaluationPage.ToHtml(videos, [sheet]));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"quoted", page, StringComparison.Ordinal);
        AssertTagsAreClosed(page);

        EvaluationResult pictures = Samples.TwoCurves() with { DataSet = Hostile, Skipped = [new SkippedFile(Hostile, Hostile)] };
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(EvaluationPage.ToHtml(pictures, [])), StringComparison.Ordinal);
    }

    /// <summary>Every element that is opened is closed in order, apart from those that have no content.</summary>
    private static void AssertTagsAreClosed(string page)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(page))
        {
            string name = tag.Groups["name"].Value;
            if (tag.Groups["end"].Length > 0)
            {
                Assert.Equal(open.Pop(), name);
            }
            else if (name is not ("meta" or "img" or "br"))
            {
                open.Push(name);
            }
        }

        Assert.Empty(open);
    }

    [GeneratedRegex("<(?<end>/?)(?<name>[a-z][a-z0-9]*)[^>]*>")]
    private static partial Regex Tags();
}
