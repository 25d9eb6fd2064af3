using System.Text.Json;
using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class ModelTests(CodedSamples samples)
{
    [Fact]
    public void ModelsListsWhatIsInstalled()
    {
        using var folder = new TempFolder();

        CliResult list = Command.Run(folder, "models").Expect(0);
        JsonElement shown = Command.Run(folder, "models", "show", "mlicv2", "--json").Expect(0).Json.GetProperty("models").GetProperty("installed")[0];

        Assert.StartsWith("zoo: ", list.Text, StringComparison.Ordinal);
        Assert.Contains("mlicv2", list.Text, StringComparison.Ordinal);
        Assert.Equal("mlicv2", shown.GetProperty("name").GetString());
        Assert.Equal(64, shown.GetProperty("entropyFingerprint").GetString()!.Length);
        Assert.Equal("mlicv2", shown.GetProperty("card").GetProperty("name").GetString());
    }

    [Fact]
    public void WithoutWeightsTheErrorSaysWhereTheyWereLookedFor()
    {
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);

        Run("models").Expect(0);
        Assert.Contains(folder.At("zoo"), Run("models", "show", "mlicv2").Expect(5).Error, StringComparison.Ordinal);
        Assert.Contains(folder.At("zoo"), Run("encode", TestPictures.PathOf(TestPictures.Lake), "-o", "x.ncf").Expect(5).Error, StringComparison.Ordinal);
        Assert.Contains(folder.At("zoo"), Run("decode", "lake.ncf").Expect(5).Error, StringComparison.Ordinal);
        Assert.Contains("not here", Run("info", "lake.ncf").Expect(0).Text, StringComparison.Ordinal);
        Assert.Equal(["lake.ncf"], folder.Files());

        CliResult Run(params string[] arguments) =>
            Command.Run(folder, input: null, new Dictionary<string, string> { ["CODECS_ZOO"] = folder.At("zoo") }, arguments);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("verify")]
    [InlineData("latents")]
    public void VerbsThatNeedNoNetworkDoNotLoadTorch(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Watches the loader of Linux.");
        using var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);
        var watch = new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = folder.At("loader") };

        Command.Run(folder, input: null, watch, verb, "lake.ncf").Expect(0);

        string loaded = string.Concat(folder.Files().Where(f => f.StartsWith("loader", StringComparison.Ordinal)).Select(f => File.ReadAllText(folder.At(f))));
        Assert.Contains("libcoreclr.so", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", loaded, StringComparison.Ordinal);
    }
}
