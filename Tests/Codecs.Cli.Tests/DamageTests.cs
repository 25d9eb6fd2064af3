using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class DamageTests(CodedSamples samples)
{
    [Fact]
    public void VerifyAcceptsGoodFiles()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.ncf", samples.Lake);
        folder.Write("full.ncf", samples.Alpha);

        CliResult result = Command.Run(folder, "verify", "tiny.ncf", "full.ncf").Expect(0);

        Assert.Equal(["tiny.ncf: ok (structure and symbols)", "full.ncf: ok (structure and symbols)"], result.Text.Split('\n', StringSplitOptions.TrimEntries)[..2]);
    }

    [Fact]
    public void ADamagedFileFailsVerifyWithItsPlaceAndDecodeWithoutAPicture()
    {
        using var folder = new TempFolder();
        byte[] damaged = [.. samples.Alpha];
        damaged[damaged.Length / 2] ^= 0x10;
        folder.Write("bad.ncf", damaged);
        folder.Write("good.ncf", samples.Alpha);

        CliResult verified = Command.Run(folder, "verify", "bad.ncf", "good.ncf").Expect(6);
        CliResult decoded = Command.Run(folder, "decode", "bad.ncf").Expect(3);

        Assert.Contains("bad.ncf: ", verified.Error, StringComparison.Ordinal);
        Assert.Contains("at byte", verified.Error, StringComparison.Ordinal);
        Assert.Contains("good.ncf: ok", verified.Text, StringComparison.Ordinal);
        Assert.Empty(decoded.Output);
        Assert.Equal(["bad.ncf", "good.ncf"], folder.Files());
    }

    [Theory]
    [InlineData("decode", 3)]
    [InlineData("info", 3)]
    [InlineData("verify", 6)]
    public void APictureFileIsNoCodedFile(string verb, int exitCode)
    {
        using var folder = new TempFolder();

        Command.Run(folder, TestPictures.Bytes(TestPictures.Lake), [verb, "-", .. verb == "decode" ? (string[])["-o", "-"] : []]).Expect(exitCode);
    }

    [Fact]
    public void HugeDimensionsAreRefusedBeforeAnythingIsAllocated()
    {
        using var folder = new TempFolder();

        // Tiny RGB with check, model by prefix, 65536 x 65536.
        byte[] huge = [0x9E, 0x81, .. samples.Lake[2..6], 0x80, 0x00, 0xFF, 0xFF, 0x80, 0x00, 0xFF, 0xFF, 1, 2, 3, 4];
        CliResult result = Command.Run(folder, huge, "info", "-", "--json").Expect(3);

        Assert.Equal("limit-exceeded", result.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("verify")]
    public void OtherWeightsAreNamed(string verb)
    {
        using var folder = new TempFolder();
        byte[] other = [.. samples.Lake];
        other[5] ^= 1; // last byte of the model's fingerprint
        folder.Write("other.ncf", other);

        CliResult result = Command.Run(folder, verb, "other.ncf", "--json").Expect(5);

        Assert.Equal("model", result.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("mlicv2 ", result.Error, StringComparison.Ordinal);
    }
}
