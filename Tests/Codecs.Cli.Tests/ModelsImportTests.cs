using System.Text;
using System.Text.Json;
using Codecs.Cli.Tests.Support;
using Codecs.Formats.Tests.Weights.Torch;
using Codecs.Formats.Weights;

namespace Codecs.Cli.Tests;

public sealed class ModelsImportTests
{
    private const string Config = """{"channels":2,"J":1,"Ne":0,"Nd":6,"latent_dim":3,"latent_bits":8,"lightweight_encode":true,"post_filter":false}""";

    [Fact]
    public void ACheckpointBecomesAWeightFile()
    {
        using var folder = new TempFolder();
        List<(string Name, long[] Shape, float[] Values)> tensors = TinyStereoCodec();
        folder.Write("tiny.pth", CheckpointBuilder.Save(tensors));
        folder.Write("tiny.json", Encoding.UTF8.GetBytes(Config));

        CliResult text = Command.Run(folder, "models", "import", "tiny.pth", "-o", "out.safetensors").Expect(0);
        JsonElement report = Command.Run(folder, "models", "import", "tiny.pth", "--config", "tiny.json", "--json").Expect(0).Json.GetProperty("import");

        SafetensorsFile file = SafetensorsFile.Read(folder.At("out.safetensors"));
        long parameters = tensors.Where(t => !t.Name.Contains("wt.", StringComparison.Ordinal)).Sum(t => (long)t.Values.Length);
        Assert.Contains($"{parameters}", text.Text, StringComparison.Ordinal);
        Assert.Equal(parameters, report.GetProperty("parameters").GetInt64());
        Assert.Equal("tiny.safetensors", report.GetProperty("output").GetString());
        Assert.Equal(6, report.GetProperty("config").GetProperty("Nd").GetInt32());
        Assert.Equal(folder.Read("out.safetensors"), folder.Read("tiny.safetensors"));
        Assert.Equal("walloc-faithful", file.Metadata["architecture"]);
        Assert.Equal(Config, file.Metadata["config"]);
        Assert.Equal("tiny.pth", file.Metadata["source"]);
        Assert.Equal(tensors.Select(t => t.Name).Order(StringComparer.Ordinal), file.Tensors.Select(t => t.Name));
        Assert.All(tensors, t =>
        {
            Assert.Equal(t.Shape, file[t.Name].Shape);
            Assert.Equal(t.Values, file[t.Name].ToFloats());
        });
    }

    [Fact]
    public void TheConfigurationInsideACheckpointServesToo()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.pth", CheckpointBuilder.Save(
            TinyStereoCodec(), ("channels", 2), ("J", 1), ("Nd", 6), ("latent_dim", 3), ("latent_bits", 8), ("lightweight_encode", true)));

        Command.Run(folder, "models", "import", "tiny.pth").Expect(0);

        Assert.Equal(Config, SafetensorsFile.Read(folder.At("tiny.safetensors")).Metadata["config"]);
    }

    [Fact]
    public void WhatDoesNotFitIsNamedAndNothingIsWritten()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.pth", CheckpointBuilder.Save([.. TinyStereoCodec().Where(t => t.Name != "encoder.0.bias"), ("stray", [1], [0])]));
        folder.Write("none.pth", CheckpointBuilder.Save(TinyStereoCodec()));
        folder.Write("tiny.json", Encoding.UTF8.GetBytes(Config));

        string error = Command.Run(folder, "models", "import", "tiny.pth").Expect(5).Error;

        Assert.Contains("encoder.0.bias", error, StringComparison.Ordinal);
        Assert.Contains("stray", error, StringComparison.Ordinal);
        Assert.Contains("configuration", Command.Run(folder, "models", "import", "none.pth").Expect(5).Error, StringComparison.Ordinal);
        Assert.Equal(["none.pth", "tiny.json", "tiny.pth"], folder.Files());
    }

    [Fact]
    public void FilesThatExistAndFilesThatRunCodeAreRefused()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.pth", CheckpointBuilder.Save(TinyStereoCodec()));
        folder.Write("tiny.json", Encoding.UTF8.GetBytes(Config));
        folder.Write("tiny.safetensors", [1]);
        folder.Write("evil.pth", CheckpointBuilder.Archive(new PickleWriter().Global("os", "system").Op("(").Text("touch owned").Op("tR").ToArray()));
        folder.Write("text.pth", "hello"u8);

        Command.Run(folder, "models", "import", "tiny.pth").Expect(4);
        Assert.Equal([1], folder.Read("tiny.safetensors"));
        Command.Run(folder, "models", "import", "tiny.pth", "--force").Expect(0);
        Assert.NotEqual([1], folder.Read("tiny.safetensors"));
        Assert.Contains("os.system", Command.Run(folder, "models", "import", "evil.pth").Expect(3).Error, StringComparison.Ordinal);
        Command.Run(folder, "models", "import", "text.pth").Expect(3);
        Command.Run(folder, "models", "import", "tiny.pth", "-o", "-").Expect(2);
        Assert.False(folder.Has("owned"));
    }

    // The state dictionary of a codec with J = 1, latent_dim = 3, Nd = 6, spelled out.
    private static List<(string Name, long[] Shape, float[] Values)> TinyStereoCodec()
    {
        const int bands = 4, latent = 3, wide = 6;
        List<(string Name, long[] Shape, float[] Values)> tensors = [];
        Add("encoder.0.weight", latent, bands, 1);
        Add("encoder.0.bias", latent);
        Convolution("decoder.1.conv1", latent, wide, 7, wide);
        Block("decoder.1.block.0", wide, wide);
        Block("decoder.1.block.1", wide, latent);
        Snake("decoder.1.snake1", latent);
        Add("decoder.1.conv2.weight_g", bands, 1, 1);
        Add("decoder.1.conv2.weight_v", bands, latent, 7);
        float[] low = [0.03782846f, -0.02384947f, -0.11062440f, 0.37740286f, 0.85269868f, 0.37740286f, -0.11062440f, -0.02384947f, 0.03782846f];
        float[] high = [-0.06453888f, 0.04068942f, 0.41809227f, -0.78848562f, 0.41809227f, 0.04068942f, -0.06453888f];
        Filter("wt.h0", [.. low, 0]);
        Filter("wt.h1", [0, 0, .. high, 0]);
        Filter("iwt.g0", [0, .. high.Select((v, i) => i % 2 == 0 ? v : -v), 0, 0]);
        Filter("iwt.g1", [0, .. low.Select((v, i) => i % 2 == 0 ? -v : v)]);
        return tensors;

        void Filter(string name, float[] taps) => tensors.Add((name, [1, 1, 10], taps));

        void Add(string name, params long[] shape) =>
            tensors.Add((name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (p, s) => p * s)).Select(i => (i + 1) * 0.01f)]));

        void Snake(string name, int channels)
        {
            Add(name + ".alpha", 1, channels, 1);
            Add(name + ".beta", 1, channels, 1);
        }

        void Convolution(string name, int inputs, int outputs, int kernel, int biases, bool transposed = false)
        {
            Add(name + ".bias", biases);
            Add(name + ".weight_g", transposed ? inputs : outputs, 1, 1);
            Add(name + ".weight_v", transposed ? inputs : outputs, transposed ? outputs : inputs, kernel);
        }

        void Block(string name, int inputs, int outputs)
        {
            Snake(name + ".snake1", inputs);
            Convolution(name + ".conv_t1", inputs, outputs, 2, outputs, transposed: true);
            for (int unit = 1; unit <= 3; unit++)
            {
                Snake($"{name}.res_unit{unit}.snake1", outputs);
                Convolution($"{name}.res_unit{unit}.conv1", outputs, outputs, 7, outputs);
                Snake($"{name}.res_unit{unit}.snake2", outputs);
                Convolution($"{name}.res_unit{unit}.conv2", outputs, outputs, 1, outputs);
            }
        }
    }
}
