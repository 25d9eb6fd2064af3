using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Media;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Tests;

namespace Codecs.Cli.Tests;

/// <summary>From a checkpoint to a decoded picture.</summary>
public sealed class PublishedVqganTests
{
    [Fact]
    public void ACheckpointBecomesACodec()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", TinyVqgan.Create(levels: 5, dimensions: 4, codes: 64)));
        folder.Write("lake.png", TestPictures.Bytes(TestPictures.Lake));

        Command.Run(folder, "models", "import", "tiny.ckpt").Expect(0);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "16").Expect(0);
        JsonElement coded = Command.Run(folder, "encode", "lake.png", "--codec", "tiny.16.safetensors", "-q", "100", "--archive", "--json").Expect(0).Json.GetProperty("files")[0];
        JsonElement info = Command.Run(folder, "info", "lake.ncf", "--json").Expect(0).Json.GetProperty("files")[0];
        JsonElement verified = Command.Run(folder, "verify", "lake.ncf", "--codec", "tiny.16.safetensors", "--json").Expect(0).Json.GetProperty("files")[0];
        Command.Run(folder, "decode", "lake.ncf", "--codec", "tiny.16.safetensors", "-o", "back.png").Expect(0);

        Image back = ImageFile.Read(folder.At("back.png")).Image;
        Assert.Equal((96, 64), (back.Width, back.Height));
        Assert.Equal(folder.Read("lake.ncf").Length, coded.GetProperty("outputBytes").GetInt32());
        Assert.Equal(1, info.GetProperty("ratePoint").GetInt32());
        Assert.Equal("tiny.16", info.GetProperty("ncf").GetProperty("model").GetProperty("name").GetString());
        Assert.Equal("exact on any machine", info.GetProperty("ncf").GetProperty("model").GetProperty("determinism").GetString());
        Assert.True(verified.GetProperty("verified").GetProperty("content").GetBoolean());
        Assert.Contains("no: these weights are not here", Command.Run(folder, "info", "lake.ncf").Expect(0).Text, StringComparison.Ordinal);
        Assert.Contains("1 unit good", Command.Run(folder, "verify", "lake.ncf", "--salvage", "--codec", "tiny.16.safetensors").Expect(0).Text, StringComparison.Ordinal);

        // Not the codebook that its indices are of, and no codec at all.
        Command.Run(folder, "decode", "lake.ncf", "--codec", "tiny.safetensors", "-o", "wrong.png").Expect(5);
        Command.Run(folder, "verify", "lake.ncf").Expect(5);
        Assert.False(folder.Has("wrong.png"));
    }
}
