using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("encde x.png")]
    [InlineData("encode")]
    [InlineData("encode x.png --no-such-option")]
    [InlineData("encode x.png -q 0")]
    [InlineData("encode x.png -q 100.5")]
    [InlineData("encode x.png -q NaN")]
    [InlineData("encode x.png --bpp 0")]
    [InlineData("encode x.png --bytes 0")]
    [InlineData("encode x.png --bytes 12q")]
    [InlineData("encode x.png --bytes -5")]
    [InlineData("encode x.png --psnr -1")]
    [InlineData("encode x.png --threads 0")]
    [InlineData("encode x.png --device gpu")]
    [InlineData("encode x.png -q 50 --bpp 1")]
    [InlineData("encode x.png --bytes 10k --psnr 30")]
    [InlineData("encode x.png -o a.ncf --out-dir b")]
    [InlineData("encode x.png --force --skip-existing")]
    [InlineData("encode x.png y.png -o a.ncf")]
    [InlineData("encode -")]
    [InlineData("encode x.png -o - --json")]
    [InlineData("encode x.png -o missing/a.ncf")]
    [InlineData("encode x.png --packets 31")]
    [InlineData("encode --packets x.png")]
    [InlineData("encode x.png --packets --protect 101")]
    [InlineData("encode x.png --protect 20")]
    [InlineData("encode x.png --packets --psnr 20")]
    [InlineData("encode x.png --packets --archive")]
    [InlineData("encode x.png --extreme --codec mlicv2")]
    [InlineData("channel x.ncp")]
    [InlineData("channel x.ncp y.ncp --loss 1.5")]
    [InlineData("channel x.ncp y.ncp --loss 0.8 --burst 2")]
    [InlineData("channel x.ncp - --json")]
    [InlineData("decode x.ncp y.ncp --confidence-map z.png")]
    [InlineData("decode x.ncp --conceal zero")]
    [InlineData("decode x.ncf --format gif")]
    [InlineData("decode x.ncf --format heic")]
    [InlineData("decode x.ncf -o y.txt")]
    [InlineData("decode x.ncf --quality 101")]
    [InlineData("eval . --kind hologram")]
    [InlineData("eval . --seconds 0")]
    [InlineData("eval . --limit 0")]
    [InlineData("eval . --samples -1")]
    [InlineData("encode x.wav --bitrate 0")]
    [InlineData("encode x.wav --bitrate 3kb")]
    [InlineData("encode x.wav --bitrate 3k --kbps 3")]
    [InlineData("encode x.wav --codebooks 0")]
    [InlineData("encode x.wav --codebooks 3 -q 50")]
    [InlineData("encode x.wav --speech --codec walloc-audio")]
    [InlineData("truncate x.ncf -o y.ncf")]
    [InlineData("truncate x.ncf --codebooks 3 --bitrate 3k -o y.ncf")]
    [InlineData("tokens x.wav -o y.txt")]
    [InlineData("tokens x.wav --format mat")]
    [InlineData("latents x.ncf --format mat")]
    [InlineData("latents x.ncf -o y.txt")]
    [InlineData("latents x.png -q 0")]
    [InlineData("models show")]
    [InlineData("train mlicv2 --minutes 5")]
    [InlineData("train mlicv2 --data . --minutes 0")]
    [InlineData("train another --data . --minutes 5")]
    [InlineData("train walloc-audio --data --minutes 5")]
    public void WrongUsageIsOneLineOnStandardErrorAndExitCodeTwo(string line)
    {
        using var folder = new TempFolder();

        CliResult result = Command.Run(folder, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Expect(2);

        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("codecs: ", result.Error, StringComparison.Ordinal);
        Assert.True(result.Output.Length == 0 || result.Text.StartsWith('{'));
        Assert.Empty(folder.Files());
    }

    [Theory]
    [InlineData("encode", "codecs encode photo.jpg -q 60")]
    [InlineData("decode", "codecs decode photo.ncf")]
    [InlineData("info", "codecs info photo.ncf")]
    [InlineData("verify", "codecs verify photo.ncf")]
    [InlineData("eval", "codecs eval photos")]
    [InlineData("truncate", "codecs truncate speech.ncf --codebooks 3 -o small.ncf")]
    [InlineData("channel", "codecs channel --loss 0.2 photo.ncp received.ncp")]
    [InlineData("latents", "codecs latents photo.ncf")]
    [InlineData("tokens", "codecs tokens speech.wav -o codes.npy")]
    [InlineData("models", "codecs models")]
    [InlineData("train", "codecs train mlicv2 --data photos")]
    public void HelpShowsExamples(string verb, string example)
    {
        using var folder = new TempFolder();

        string own = Command.Run(folder, verb, "--help").Expect(0).Text, all = Command.Run(folder, "--help").Expect(0).Text;

        Assert.Contains("Examples:", own, StringComparison.Ordinal);
        Assert.Contains(example, own, StringComparison.Ordinal);
        Assert.Contains(example, all, StringComparison.Ordinal);
    }

    [Fact]
    public void VersionNamesToolBitstreamAndRuntime()
    {
        using var folder = new TempFolder();

        string[] lines = Command.Run(folder, "--version").Expect(0).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("codecs 0.", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("bitstream tiny 0, full 1", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("runtime .NET 10.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void ANameThatBeginsWithAnAtSignIsAName()
    {
        using var folder = new TempFolder();
        folder.Write("@list", "--version"u8);

        Assert.Contains("@list", Command.Run(folder, "info", "@list").Expect(3).Error, StringComparison.Ordinal);
    }
}
