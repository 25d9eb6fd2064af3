using System.Text;
using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;
using Codecs.Tests;

namespace Codecs.Cli.Tests;

public sealed class ModelsReduceTests
{
    [Fact]
    public void AnImportedVqganGetsFewerCodeVectors()
    {
        using var folder = new TempFolder();
        List<(string Name, long[] Shape, float[] Values)> tensors = TinyVqgan.Create(levels: 1, dimensions: 2, codes: 32);
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", [.. tensors, ("loss.logvar", [1], [0])]));
        folder.Write("tiny.yaml", Encoding.UTF8.GetBytes(
            "model:\n  params:\n    embed_dim: 2\n    n_embed: 32\n    ddconfig: {ch: 32, ch_mult: [1], num_res_blocks: 1, attn_resolutions: [], resolution: 256, z_channels: 2}\n"));

        Command.Run(folder, "models", "import", "tiny.ckpt", "--config", "tiny.yaml").Expect(0);
        JsonElement report = Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "--json").Expect(0).Json.GetProperty("import");

        SafetensorsFile all = SafetensorsFile.Read(folder.At("tiny.safetensors")), few = SafetensorsFile.Read(folder.At("tiny.8.safetensors"));
        Assert.Equal("tiny.8.safetensors", report.GetProperty("output").GetString());
        Assert.Equal(8, report.GetProperty("config").GetProperty("n_embed").GetInt32());
        Assert.Equal("vqgan-taming-1", few.Metadata["architecture"]);
        Assert.Equal([8, 2], few[TinyVqgan.Codebook].Shape);
        Assert.Equal(tensors.Select(t => t.Name).Order(StringComparer.Ordinal), few.Tensors.Select(t => t.Name));
        Assert.All(few.Tensors.Where(t => t.Name != TinyVqgan.Codebook), t => Assert.Equal(all[t.Name].ToFloats(), t.ToFloats()));
    }

    [Fact]
    public void WhatCannotBeReducedIsRefused()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", TinyVqgan.Create(levels: 1, dimensions: 2, codes: 32)));
        Command.Run(folder, "models", "import", "tiny.ckpt", "-o", "tiny.safetensors").Expect(0);

        Command.Run(folder, "models", "reduce", "tiny.safetensors").Expect(2);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "12").Expect(2);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "-o", "-").Expect(2);
        Assert.Contains("32", Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "32").Expect(5).Error, StringComparison.Ordinal);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "--data", "nowhere").Expect(3);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "-o", "tiny.safetensors").Expect(4);
        Assert.Equal(["tiny.ckpt", "tiny.safetensors"], folder.Files());
    }
}
