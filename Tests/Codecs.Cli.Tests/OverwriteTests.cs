using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class OverwriteTests(CodedSamples samples)
{
    private static readonly byte[] s_precious = [1, 2, 3];

    [Fact]
    public void AnOutputThatExistsIsLeftAlone()
    {
        using var folder = Prepared();

        CliResult result = Command.Run(folder, "decode", "lake.ncf").Expect(4);

        Assert.Contains("--force", result.Error, StringComparison.Ordinal);
        Assert.Equal(s_precious, folder.Read("lake.png"));
        Assert.Equal(["lake.ncf", "lake.png"], folder.Files());
    }

    [Fact]
    public void SkipExistingPassesOverIt()
    {
        using var folder = Prepared();

        CliResult result = Command.Run(folder, "decode", "lake.ncf", "--skip-existing", "--json").Expect(0);

        Assert.Equal("skipped", result.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal(s_precious, folder.Read("lake.png"));
    }

    [Fact]
    public void ForceReplacesIt()
    {
        using var folder = Prepared();

        Command.Run(folder, "decode", "lake.ncf", "--force").Expect(0);

        Assert.True(folder.Read("lake.png").Length > 1000);
        Assert.Equal(["lake.ncf", "lake.png"], folder.Files());
    }

    [Fact]
    public void InputAsOutputIsRefusedEvenWithForce()
    {
        using var folder = Prepared();

        CliResult result = Command.Run(folder, "decode", "lake.ncf", "-o", "./lake.ncf", "--format", "png", "--force", "--json").Expect(4);

        Assert.Equal("same-file", result.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(samples.Lake, folder.Read("lake.ncf"));
    }

    [Fact]
    public void ALinkToTheInputIsTheInput()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        using var folder = Prepared();
        File.CreateSymbolicLink(folder.At("link.ncf"), folder.At("lake.ncf"));

        Command.Run(folder, "decode", "lake.ncf", "-o", "link.ncf", "--format", "png", "--force").Expect(4);

        Assert.Equal(samples.Lake, folder.Read("lake.ncf"));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenFailsWithItsName()
    {
        using var folder = Prepared();
        folder.Write("blocked", [1]);

        CliResult result = Command.Run(folder, "decode", "lake.ncf", "--out-dir", "blocked/out").Expect(1);

        Assert.Contains("blocked", result.Error, StringComparison.Ordinal);
        Assert.Equal(["blocked", "lake.ncf", "lake.png"], folder.Files());
    }

    [Fact]
    public void TwoInputsNeverShareAnOutput()
    {
        using var folder = new TempFolder();
        folder.Write("x.jpg", s_precious);
        folder.Write("x.png", s_precious);

        CliResult result = Command.Run(folder, "encode", "x.jpg", "x.png", "--json").Expect(4);

        Assert.Equal("output-collision", result.Json.GetProperty("files")[1].GetProperty("error").GetProperty("code").GetString());
    }

    private TempFolder Prepared()
    {
        var folder = new TempFolder();
        folder.Write("lake.ncf", samples.Lake);
        folder.Write("lake.png", s_precious);
        return folder;
    }
}
