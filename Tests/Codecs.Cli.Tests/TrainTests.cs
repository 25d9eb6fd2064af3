using Codecs.Cli.Tests.Support;

namespace Codecs.Cli.Tests;

public sealed class TrainTests
{
    [Fact]
    public void ACheckpointIsNotOverwrittenUnasked()
    {
        using var folder = new TempFolder();
        folder.Write("work/mlicv2.checkpoint.safetensors", [1, 2, 3]);

        CliResult result = Command.Run(folder, "train", "mlicv2", "--data", ".", "--work", "work", "--minutes", "1").Expect(4);

        Assert.Contains("--resume", result.Error, StringComparison.Ordinal);
        Assert.Equal(["work/mlicv2.checkpoint.safetensors"], folder.Files());
    }

    [Fact]
    public void ExportedWeightsAreNotOverwrittenUnasked()
    {
        using var folder = new TempFolder();
        folder.Write("zoo/model.safetensors", [1, 2, 3]);

        Command.Run(folder, "train", "mlicv2", "--data", ".", "--work", "work", "--minutes", "1", "--export", "zoo").Expect(4);

        Assert.Equal(["zoo/model.safetensors"], folder.Files());
    }

    [Fact]
    public void AFolderThatIsNotThereIsAnError()
    {
        using var folder = new TempFolder();

        CliResult result = Command.Run(folder, "train", "mlicv2", "--data", "photos", "--minutes", "1", "--json").Expect(3);

        Assert.Equal("media", result.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
