namespace Codecs.Evaluation.Tests.Reports;

public sealed class VideoTextReportTests
{
    [Fact]
    public void EveryVideoHasItsRatiosAndBdRateAndSoHasTheMean()
    {
        var text = new StringWriter();
        VideoTextReport.Write(Samples.TwoVideoCurves(), text);
        string[] lines = [.. text.ToString().Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

        Assert.Equal("made up: 2 videos, means over all of them; 1 skipped", lines[0].TrimEnd());
        Assert.Contains("codec setting bpp kbit/s PSNR-YUV PSNR-Y PSNR-RGB MS-SSIM dB encode s/frame decode s/frame", lines);
        Assert.Contains("x264 crf 1 0.10000 30.0 34.00 33.00 32.00 17.00 0.2000 0.1000", lines);
        Assert.Contains("codec video setting bpp PSNR-YUV / x264", lines);
        Assert.Contains("nirvana a.mp4 quality 1 0.04000 34.00 0.800", lines);
        Assert.Contains("nirvana b.mp4 quality 0 0.06000 30.00 0.800", lines);
        Assert.Contains("nirvana mean quality 1 0.08000 34.00 0.800", lines);
        Assert.Contains("nirvana mean quality 2 0.40000 42.00 –", lines);
        Assert.Contains("codec video vs x264", lines);
        Assert.Contains(lines, l => l.StartsWith("nirvana mean -", StringComparison.Ordinal) && l.EndsWith('%'));
        Assert.Equal("Skipped: c.mp4", lines[^2].TrimEnd());
    }

    [Fact]
    public void CurvesWithoutACommonRangeAreNamed()
    {
        VideoEvaluationResult result = Samples.VideoResult(Samples.VideoCurve("nirvana", false, (0.1, 50), (0.2, 55)), Samples.VideoCurve("x264", true, (0.1, 20), (0.2, 25)));

        Assert.Equal("nirvana vs x264: the curves of some videos share no range", VideoTextReport.Sentence(result.Comparisons[0]));
    }

    [Fact]
    public void AnchorsAloneAreNotCompared()
    {
        var text = new StringWriter();
        VideoTextReport.Write(Samples.VideoResult(Samples.VideoCurve("x264", true, (0.1, 20), (0.2, 25))), text);

        Assert.DoesNotContain("BD-rate", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("at equal", text.ToString(), StringComparison.Ordinal);
    }
}
