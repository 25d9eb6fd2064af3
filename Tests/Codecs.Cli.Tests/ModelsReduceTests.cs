using System.Text;
using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

public sealed class ModelsReduceTests
{
    private const string Codebook = "quantize.embedding.weight";

    [Fact]
    public void AnImportedVqganGetsFewerCodeVectors()
    {
        using var folder = new TempFolder();
        List<(string Name, long[] Shape, float[] Values)> tensors = TinyVqgan();
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", [.. tensors, ("loss.logvar", [1], [0])]));
        folder.Write("tiny.yaml", Encoding.UTF8.GetBytes(
            "model:\n  params:\n    embed_dim: 2\n    n_embed: 32\n    ddconfig: {ch: 32, ch_mult: [1], num_res_blocks: 1, attn_resolutions: [], resolution: 256, z_channels: 2}\n"));

        Command.Run(folder, "models", "import", "tiny.ckpt", "--config", "tiny.yaml").Expect(0);
        JsonElement report = Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "--json").Expect(0).Json.GetProperty("import");

        SafetensorsFile all = SafetensorsFile.Read(folder.At("tiny.safetensors")), few = SafetensorsFile.Read(folder.At("tiny.8.safetensors"));
        Assert.Equal("tiny.8.safetensors", report.GetProperty("output").GetString());
        Assert.Equal(8, report.GetProperty("config").GetProperty("n_embed").GetInt32());
        Assert.Equal("vqgan-taming-1", few.Metadata["architecture"]);
        Assert.Equal([8, 2], few[Codebook].Shape);
        Assert.Equal(tensors.Select(t => t.Name).Order(StringComparer.Ordinal), few.Tensors.Select(t => t.Name));
        Assert.All(few.Tensors.Where(t => t.Name != Codebook), t => Assert.Equal(all[t.Name].ToFloats(), t.ToFloats()));
    }

    [Fact]
    public void WhatCannotBeReducedIsRefused()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", TinyVqgan()));
        Command.Run(folder, "models", "import", "tiny.ckpt", "-o", "tiny.safetensors").Expect(0);

        Command.Run(folder, "models", "reduce", "tiny.safetensors").Expect(2);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "12").Expect(2);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "-o", "-").Expect(2);
        Assert.Contains("32", Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "32").Expect(5).Error, StringComparison.Ordinal);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "--data", "nowhere").Expect(3);
        Command.Run(folder, "models", "reduce", "tiny.safetensors", "--codes", "8", "-o", "tiny.safetensors").Expect(4);
        Assert.Equal(["tiny.ckpt", "tiny.safetensors"], folder.Files());
    }

    // One level without attention, spelled out.
    private static List<(string Name, long[] Shape, float[] Values)> TinyVqgan()
    {
        const int wide = 32;
        List<(string Name, long[] Shape, float[] Values)> tensors = [];
        Convolution("encoder.conv_in", 3, wide, 3);
        Block("encoder.down.0.block.0");
        Middle("encoder.mid");
        Norm("encoder.norm_out");
        Convolution("encoder.conv_out", wide, 2, 3);
        Convolution("quant_conv", 2, 2, 1);
        Add(Codebook, 32, 2);
        Convolution("post_quant_conv", 2, 2, 1);
        Convolution("decoder.conv_in", 2, wide, 3);
        Middle("decoder.mid");
        Block("decoder.up.0.block.0");
        Block("decoder.up.0.block.1");
        Norm("decoder.norm_out");
        Convolution("decoder.conv_out", wide, 3, 3);
        return tensors;

        void Add(string name, params long[] shape) =>
            tensors.Add((name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (p, s) => p * s)).Select(i => MathF.Sin(i * (i + 3) * 0.37f))]));

        void Norm(string name)
        {
            Add(name + ".weight", wide);
            Add(name + ".bias", wide);
        }

        void Convolution(string name, int inputs, int outputs, int kernel)
        {
            Add(name + ".weight", outputs, inputs, kernel, kernel);
            Add(name + ".bias", outputs);
        }

        void Block(string name)
        {
            Norm(name + ".norm1");
            Convolution(name + ".conv1", wide, wide, 3);
            Norm(name + ".norm2");
            Convolution(name + ".conv2", wide, wide, 3);
        }

        void Middle(string name)
        {
            Block(name + ".block_1");
            Norm(name + ".attn_1.norm");
            foreach (string part in new[] { "q", "k", "v", "proj_out" })
            {
                Convolution($"{name}.attn_1.{part}", wide, wide, 1);
            }

            Block(name + ".block_2");
        }
    }
}
