using System.Xml.Linq;
using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Plots;

public sealed class RatePlotTests
{
    [Fact]
    public void PngsArePicturesWithTextAndCurves()
    {
        Image image = ImageFile.Read(RatePlot.ToPng(Samples.TwoCurves(), PlotQuality.Psnr)).Image;

        Assert.Equal((1800, 1240), (image.Width, image.Height));

        // Text above the data area: the title, drawn with the embedded font.
        Assert.True(DarkPixels(image, 0, 0, image.Width, 40) > 500);

        // The curve under test is vermilion.
        Assert.True(Count(image, (r, g, b) => r > 180 && g is > 60 and < 120 && b < 40) > 1000);
    }

    [Theory]
    [InlineData(PlotQuality.Psnr, "PSNR over RGB, dB")]
    [InlineData(PlotQuality.MsSsim, "MS-SSIM, dB: -10 log10(1 - MS-SSIM)")]
    [InlineData(PlotQuality.HaarPsi, "HaarPSI, 0 to 1")]
    [InlineData(PlotQuality.Dss, "DCT subband similarity, up to 1")]
    [InlineData(PlotQuality.Ssimulacra2, "SSIMULACRA 2, up to 100")]
    [InlineData(PlotQuality.Mdsi, "MDSI, lower is better")]
    [InlineData(PlotQuality.Gmsd, "GMSD, lower is better")]
    public void SvgsHaveLabelledAxesAndALegend(PlotQuality quality, string label)
    {
        var svg = XDocument.Load(new MemoryStream(RatePlot.ToSvg(Samples.TwoCurves(), quality)));

        Assert.Equal("svg", svg.Root!.Name.LocalName);
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];
        Assert.Contains("bits per pixel (file size)", texts);
        Assert.Contains(label, texts);
        Assert.Contains("mlicv2", texts);
        Assert.Contains("jpeg", texts);

        // Written in place of the embedded family, so every text was measured with it.
        Assert.All(svg.Descendants().Where(e => e.Name.LocalName == "text"), e => Assert.StartsWith("DejaVu Sans, Verdana", e.Attribute("font-family")!.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(VideoPlotQuality.PsnrYuv, "PSNR-YUV 6:1:1, dB")]
    [InlineData(VideoPlotQuality.PsnrRgb, "PSNR over RGB, dB")]
    [InlineData(VideoPlotQuality.MsSsim, "MS-SSIM, dB: -10 log10(1 - MS-SSIM)")]
    public void RatesOfVideosAreLogarithmicWithFineTicks(VideoPlotQuality quality, string label)
    {
        var svg = XDocument.Load(new MemoryStream(RatePlot.ToSvg(Samples.TwoVideoCurves(), quality)));
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];

        Assert.Contains("bits per pixel (file size), logarithmic", texts);
        Assert.Contains(label, texts);
        Assert.Contains("0.0625", texts);
        Assert.Contains("x264", texts);
    }

    [Fact]
    public void BaselinesAppearInTheLegend()
    {
        EvaluationResult result = Samples.TwoCurves();
        var svg = XDocument.Load(new MemoryStream(RatePlot.ToSvg(result, PlotQuality.Psnr, [result.Codecs[0] with { Name = "baseline mlicv2" }])));

        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value.Trim() == "baseline mlicv2");
    }

    [Fact]
    public void AResultWithoutFinitePointsStillDraws() =>
        Assert.NotEmpty(RatePlot.ToPng(Samples.Result(Samples.Curve("png", true, (8, null, null))), PlotQuality.Psnr));

    [Fact]
    public void AllFilesOfARunAreWritten()
    {
        using var files = new MediaFiles();
        string folder = Path.Combine(files.Folder, "new", "eval");
        IReadOnlyList<string> written = EvaluationFiles.Write(Samples.TwoCurves(), folder);
        written = EvaluationFiles.Write(Samples.TwoCurves(), folder);

        string[] plots = ["psnr", "ms-ssim", "haarpsi", "dss", "ssimulacra2", "mdsi", "gmsd"];
        Assert.Equal(["results.json", .. plots.SelectMany(p => new[] { p + ".svg", p + ".png" }), "index.html"], written.Select(Path.GetFileName));
        Assert.Equal(16, Directory.GetFiles(folder).Length);
        Assert.All(written.Where(f => f.EndsWith(".png", StringComparison.Ordinal)), f => Assert.Equal(ImageFormat.Png, ImageFile.Read(f).Format));
    }

    [Theory]
    [InlineData(AudioPlotQuality.Mel, "mel distance (DAC), lower is better")]
    [InlineData(AudioPlotQuality.Psnr, "PSNR at peak 0.5 (WaLLoC), dB")]
    [InlineData(AudioPlotQuality.Stoi, "STOI")]
    [InlineData(AudioPlotQuality.SpeechMos, "MOS (ViSQOL-style), 1 to 5")]
    public void PlotsOfSoundsHaveALogarithmicAxisOfRates(AudioPlotQuality quality, string label)
    {
        var svg = XDocument.Load(new MemoryStream(RatePlot.ToSvg(Samples.TwoSpeechCurves(), quality)));
        (string Text, double X)[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => (e.Value.Trim(), X(e)))];

        Assert.Contains(texts, t => t.Text == label);
        Assert.Contains(texts, t => t.Text == "walloc-audio");

        // Twice the rate is the same way to the right wherever it begins.
        double At(string rate) => texts.First(t => t.Text == rate).X;
        Assert.Equal(At("32") - At("16"), At("64") - At("32"), 3.0);
    }

    [Fact]
    public void AllFilesOfARunOnSoundsAreWritten()
    {
        using var files = new MediaFiles();
        IReadOnlyList<string> written = EvaluationFiles.Write(Samples.TwoAudioCurves(), files.Folder);
        IReadOnlyList<string> speech = EvaluationFiles.Write(Samples.TwoSpeechCurves(), files.Folder);

        Assert.Equal(["results.json", "mel.svg", "mel.png", "psnr.svg", "psnr.png", "index.html"], written.Select(Path.GetFileName));
        Assert.Equal(["results.json", "stoi.svg", "stoi.png", "visqol.svg", "visqol.png", "mel.svg", "mel.png", "index.html"], speech.Select(Path.GetFileName));
        Assert.All(written, f => Assert.True(new FileInfo(f).Length > 1000));
    }

    private static double X(XElement text) => double.Parse(
        text.Attribute("x")!.Value.Split(',', ' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static int DarkPixels(Image image, int left, int top, int width, int height)
    {
        int count = 0;
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                count += image.Pixels.Span[((y * image.Width) + x) * image.Channels] < 100 ? 1 : 0;
            }
        }

        return count;
    }

    private static int Count(Image image, Func<byte, byte, byte, bool> matches)
    {
        int count = 0;
        ReadOnlySpan<byte> samples = image.Pixels.Span;
        for (int i = 0; i < samples.Length; i += image.Channels)
        {
            count += matches(samples[i], samples[i + 1], samples[i + 2]) ? 1 : 0;
        }

        return count;
    }
}
