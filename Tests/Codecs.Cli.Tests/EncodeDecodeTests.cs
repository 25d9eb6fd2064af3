using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Media;
using Codecs.Metrics;

namespace Codecs.Cli.Tests;

public sealed class EncodeDecodeTests(CodedSamples samples)
{
    [Fact]
    public void APictureComesBackMuchAsItWas()
    {
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);

        CliResult result = Command.Run(folder, "decode", "lake.ncf").Expect(0);

        Assert.Empty(result.Output);
        Assert.Contains("lake.ncf: ", result.Error, StringComparison.Ordinal);
        Image original = ImageFile.Read(TestPictures.PathOf(TestPictures.Lake)).Image, back = ImageFile.Read(folder.At("lake.png")).Image;
        Assert.Equal((96, 64, ImageLayout.Rgb), (back.Width, back.Height, back.Layout));
        Assert.True(Psnr.Compute(original.Pixels.Span, back.Pixels.Span) > 18);
    }

    [Fact]
    public void StandardStreamsCarryTheSameBytesAsFiles()
    {
        using var folder = new TempFolder();

        CliResult coded = Command.Run(folder, TestPictures.Bytes(TestPictures.Lake), "encode", "-", "-o", "-", "-q", "70", "--json", "--report", "report.json").Expect(0);
        CliResult picture = Command.Run(folder, coded.Output, "decode", "-", "-o", "-", "--format", "webp", "--quiet").Expect(0);

        Assert.Equal(samples.Lake, coded.Output);
        Assert.Contains("standard input", coded.Error, StringComparison.Ordinal);
        Assert.Equal(coded.Output.Length, JsonDocument.Parse(folder.Read("report.json")).RootElement.GetProperty("files")[0].GetProperty("outputBytes").GetInt32());
        Assert.Equal(ImageFormat.WebP, ImageFile.Identify(picture.Output).Format);
        Assert.Empty(picture.Error);
        Assert.Equal(["report.json"], folder.Files());
    }

    [Fact]
    public void SixteenBitInputSaysThatItBecomesEight()
    {
        JsonElement file = JsonDocument.Parse(samples.Report).RootElement.GetProperty("files")[3];

        Assert.Contains("16-bit", file.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("lake-16bit.png: warning: 16-bit", samples.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bytes", 1)]
    [InlineData("--bpp", 8.0 / (96 * 64))]
    public void ATargetSizeIsNeverExceeded(string option, double unitsPerByte)
    {
        using var folder = new TempFolder();
        int target = samples.Lake.Length - 40;
        string value = (target * unitsPerByte).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture);

        Command.Run(folder, "encode", TestPictures.PathOf(TestPictures.Lake), "-o", "small.ncf", option, value).Expect(0);

        Assert.InRange(folder.Read("small.ncf").Length, 100, target);
    }

    [Fact]
    public void ATargetOutOfReachFailsAndLeavesNothing()
    {
        using var folder = new TempFolder();

        CliResult result = Command.Run(folder, "encode", TestPictures.PathOf(TestPictures.Lake), "-o", "none.ncf", "--bytes", "12", "--json").Expect(1);

        Assert.Equal("target-unreachable", result.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void AlphaNeedsAFormatThatHoldsItOrFlatten()
    {
        using var folder = new TempFolder();
        folder.Write("a.ncf", samples.Alpha);

        CliResult refused = Command.Run(folder, "decode", "a.ncf", "-o", "a.jpg").Expect(3);
        Command.Run(folder, "decode", "a.ncf", "-o", "a.jpg", "--flatten", "--quality", "80").Expect(0);

        Assert.Contains("alpha", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ImageFormat.Jpeg, ImageFile.Identify(folder.At("a.jpg")).Format);
    }

    [Fact]
    public void AStopSignalEndsTheRunAndLeavesNoPartialFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal.");
        using var folder = new TempFolder();
        using var process = Command.Start(
            folder, environment: null, "encode", TestPictures.PathOf(TestPictures.Lake), TestPictures.PathOf(TestPictures.Spices), "--out-dir", "out", "--psnr", "20");

        // The first file is reported, so the second, which takes seconds, has begun.
        Assert.NotNull(process.StandardError.ReadLine());
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        string rest = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 143, rest);
        Assert.Contains("Interrupted", rest, StringComparison.Ordinal);
        Assert.Equal(["out/lake.ncf"], folder.Files());
    }
}
