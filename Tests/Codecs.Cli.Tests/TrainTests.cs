using System.Text.Json;
using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class TrainTests
{
    [Theory]
    [InlineData("mlicv2")]
    [InlineData("walloc-image")]
    [InlineData("walloc-audio")]
    [InlineData("language-codec")]
    [InlineData("vqgan-extreme")]
    public void ACheckpointIsNotOverwrittenUnasked(string recipe)
    {
        using var folder = new TempFolder();
        folder.Write($"work/{recipe}.checkpoint.safetensors", [1, 2, 3]);

        CliResult result = Command.Run(folder, "train", recipe, "--data", ".", "--work", "work", "--minutes", "1").Expect(4);

        Assert.Contains("--resume", result.Error, StringComparison.Ordinal);
        Assert.Equal([$"work/{recipe}.checkpoint.safetensors"], folder.Files());
    }

    [Fact]
    public void ExportedWeightsAreNotOverwrittenUnasked()
    {
        using var folder = new TempFolder();
        folder.Write("zoo/model.safetensors", [1, 2, 3]);

        Command.Run(folder, "train", "mlicv2", "--data", ".", "--work", "work", "--minutes", "1", "--export", "zoo").Expect(4);

        Assert.Equal(["zoo/model.safetensors"], folder.Files());
    }

    [Theory]
    [InlineData("mlicv2", "photographs")]
    [InlineData("walloc-image", "photographs")]
    [InlineData("walloc-audio", "music")]
    [InlineData("language-codec", "speech")]
    [InlineData("vqgan-extreme", "photographs")]
    [InlineData("nirvana", "videos and photographs")]
    [InlineData("squeeze3d", "3D models")]
    public void AFolderThatIsNotThereIsAnError(string recipe, string media)
    {
        using var folder = new TempFolder();

        CliResult result = Command.Run(folder, "train", recipe, "--data", ".", "--data", "missing", "--minutes", "1", "--json").Expect(3);

        JsonElement error = result.Json.GetProperty("error");
        Assert.Equal("media", error.GetProperty("code").GetString());
        Assert.Contains($"'missing' with {media}", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void StartingFromWeightsIsForRecipesThatCan()
    {
        using var folder = new TempFolder();

        Assert.Contains(
            "mlicv2 always begins", Command.Run(folder, "train", "mlicv2", "--data", ".", "--work", "work", "--minutes", "1", "--start", "mlicv2").Expect(2).Error, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void AllFoldersAreSearched()
    {
        using var folder = new TempFolder();
        folder.Write("a/notes.wav", [1, 2, 3]);
        folder.Write("b/notes.wav", [1, 2, 3]);

        CliResult result = Command.Run(folder, "train", "walloc-audio", "--data", "a", "--data", "b", "--work", "work", "--minutes", "1").Expect(3);

        Assert.Contains("'a', 'b'", result.Error, StringComparison.Ordinal);
        string[] skipped = [.. File.ReadLines(folder.At("work/train.log")).Where(line => line.StartsWith("skipped", StringComparison.Ordinal))];
        Assert.Equal(2, skipped.Length);
    }

    [Fact]
    public void HelpNamesEveryRecipeAndItsMedia()
    {
        using var folder = new TempFolder();

        string help = Command.Run(folder, "train", "--help").Expect(0).Text;

        foreach (string recipe in (string[])["mlicv2 (photographs)", "walloc-image (photographs)", "walloc-audio (music)"])
        {
            Assert.Contains(recipe, string.Join(' ', help.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }
}
