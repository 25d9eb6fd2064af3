using System.Text.Json;
using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class FolderTests(CodedSamples samples)
{
    [Fact]
    public void AFolderKeepsItsTreeAndOneBadFileDoesNotStopTheOthers()
    {
        using var folder = new TempFolder();
        folder.Write("photos/a/lake.PNG", TestPictures.Bytes(TestPictures.Lake));
        folder.Write("photos/b/c/gray.png", TestPictures.Bytes(TestPictures.Gray));
        folder.Write("photos/b/broken.png", [1, 2, 3]);
        folder.Write("photos/notes.txt", [1, 2, 3]);

        CliResult result = Command.Run(folder, "encode", "photos", "--out-dir", "coded", "--json").Expect(3);

        Assert.Equal(
            ["coded/a/lake.ncf", "coded/b/c/gray.ncf", "photos/a/lake.PNG", "photos/b/broken.png", "photos/b/c/gray.png", "photos/notes.txt"], folder.Files());
        JsonElement summary = result.Json.GetProperty("summary");
        Assert.Equal((3, 2, 1), (Number(summary, "files"), Number(summary, "done"), Number(summary, "failed")));
        Assert.Contains("failed: photos/b/broken.png", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PatternsWorkWithoutTheShell()
    {
        using var folder = new TempFolder();
        folder.Write("x/one.ncf", samples.Lake);
        folder.Write("x/deep/er/two.ncf", samples.Alpha);
        folder.Write("x/deep/other.txt", [1, 2, 3]);

        string[] named = Inputs(Command.Run(folder, "info", "x/**/*.ncf", "--json").Expect(0));
        string[] any = Inputs(Command.Run(folder, "info", folder.At("x") + "/**", "--json").Expect(0));
        string[] flat = Inputs(Command.Run(folder, "info", "x/*.ncf", "--json").Expect(0));

        Assert.Equal(["x/deep/er/two.ncf", "x/one.ncf"], named);
        Assert.Equal([folder.At("x/deep/er/two.ncf"), folder.At("x/one.ncf")], any);
        Assert.Equal(["x/one.ncf"], flat);
    }

    [Fact]
    public void AFileThatIsNamedTwiceIsDoneOnce()
    {
        using var folder = new TempFolder();
        folder.Write("x/one.ncf", samples.Lake);

        Assert.Single(Inputs(Command.Run(folder, "info", "x/one.ncf", "x", "./x/*.ncf", "--json").Expect(0)));
    }

    [Theory]
    [InlineData("nothing.ncf")]
    [InlineData("empty")]
    [InlineData("empty/*.ncf")]
    [InlineData("missing/**")]
    public void AnInputThatIsNotThereIsAnError(string input)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("empty"));

        CliResult result = Command.Run(folder, "info", input).Expect(3);

        Assert.Contains(input, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static int Number(JsonElement element, string key) => element.GetProperty(key).GetInt32();

    private static string[] Inputs(CliResult result) =>
        [.. result.Json.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("input").GetString()!.Replace('\\', '/'))];
}
