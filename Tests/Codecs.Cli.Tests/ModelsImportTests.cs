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
    public void ALanguageCodecCheckpointIsRecognised()
    {
        using var folder = new TempFolder();
        List<(string Name, long[] Shape, float[] Values)> tensors = TinySpeechCodec();
        folder.Write("tiny.ckpt", CheckpointBuilder.Save("state_dict", [.. tensors, ("multiperioddisc.bias", [1], [0])]));

        JsonElement report = Command.Run(folder, "models", "import", "tiny.ckpt", "--json").Expect(0).Json.GetProperty("import");

        SafetensorsFile file = SafetensorsFile.Read(folder.At("tiny.safetensors"));
        Assert.Equal("language-codec-faithful", report.GetProperty("architecture").GetString());
        Assert.Equal(tensors.Sum(t => t.Values.Length) - 1280, report.GetProperty("parameters").GetInt64());
        Assert.Equal(3, report.GetProperty("config").GetProperty("n_q").GetInt32());
        Assert.Equal("language-codec-faithful", file.Metadata["architecture"]);
        Assert.Equal(tensors.Select(t => t.Name).Order(StringComparer.Ordinal), file.Tensors.Select(t => t.Name));
        Assert.All(tensors, t => Assert.Equal(t.Values, file[t.Name].ToFloats()));
    }

    [Fact]
    public void HelpNamesTheCheckpointsThatAreKnown()
    {
        using var folder = new TempFolder();
        folder.Write("other.pth", CheckpointBuilder.Save([("fc.weight", [1], [0])]));

        string help = string.Join(' ', Command.Run(folder, "models", "import", "--help").Expect(0).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string error = Command.Run(folder, "models", "import", "other.pth").Expect(5).Error;

        Assert.All(["WaLLoC (.pth)", "Language-Codec (.ckpt)", "VQGAN (.ckpt)"], known =>
        {
            Assert.Contains(known, help, StringComparison.Ordinal);
            Assert.Contains(known, error, StringComparison.Ordinal);
        });
        Assert.Contains("fc.weight", error, StringComparison.Ordinal);
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
        string evil = Command.Run(folder, "models", "import", "evil.pth").Expect(3).Error;
        Assert.Contains("'os.system', and nothing was executed", evil, StringComparison.Ordinal);
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

        void Add(string name, params long[] shape) => tensors.Add(Filled(name, shape));

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

    // The state dictionary of a codec with n_filters = 2, dimension = 3, n_q = 3, bins = 4, dim = 2, intermediate_dim = 5, one layer and one row,
    // spelled out.
    private static List<(string Name, long[] Shape, float[] Values)> TinySpeechCodec()
    {
        List<(string Name, long[] Shape, float[] Values)> tensors = [];
        Convolution("model.0", 1, 2, 7);
        (int Position, int Stride)[] halvings = [(1, 2), (4, 4), (7, 5), (10, 8)];
        int channels = 2;
        foreach ((int position, int stride) in halvings)
        {
            Convolution($"model.{position}.block.1", channels, channels / 2, 3);
            Convolution($"model.{position}.block.3", channels / 2, channels, 1);
            Convolution($"model.{position}.shortcut", channels, channels, 1);
            Convolution($"model.{position + 2}", channels, 2 * channels, 2 * stride);
            channels *= 2;
        }

        foreach (string layer in new[] { "l0", "l1" })
        {
            Add($"feature_extractor.encodec.encoder.model.13.lstm.weight_ih_{layer}", 128, 32);
            Add($"feature_extractor.encodec.encoder.model.13.lstm.weight_hh_{layer}", 128, 32);
            Add($"feature_extractor.encodec.encoder.model.13.lstm.bias_ih_{layer}", 128);
            Add($"feature_extractor.encodec.encoder.model.13.lstm.bias_hh_{layer}", 128);
        }

        Convolution("model.15", 32, 3, 7);
        for (int q = 0; q < 3; q++)
        {
            Add($"feature_extractor.encodec.quantizer.vq.layers.{q}._codebook.embed", 4, 3);
        }

        Layer("backbone.embed", 2, 3, 7);
        Add("backbone.norm.scale.weight", 1, 2);
        Add("backbone.norm.shift.weight", 1, 2);
        Layer("backbone.convnext.0.dwconv", 2, 1, 7);
        Add("backbone.convnext.0.norm.scale.weight", 1, 2);
        Add("backbone.convnext.0.norm.shift.weight", 1, 2);
        Layer("backbone.convnext.0.pwconv1", 5, 2);
        Layer("backbone.convnext.0.pwconv2", 2, 5);
        Add("backbone.convnext.0.gamma", 2);
        Layer("backbone.final_layer_norm", 2);
        Layer("head.out", 1282, 2);
        tensors.Add(("head.istft.window", [1280], [.. Enumerable.Range(0, 1280).Select(i => (float)Math.Pow(Math.Sin(Math.PI * i / 1280), 2))]));
        return tensors;

        void Add(string name, params long[] shape) => tensors.Add(Filled(name, shape));

        void Layer(string name, params long[] shape)
        {
            Add(name + ".weight", shape);
            Add(name + ".bias", shape[0]);
        }

        void Convolution(string name, int inputs, int outputs, int kernel)
        {
            Add($"feature_extractor.encodec.encoder.{name}.conv.conv.bias", outputs);
            Add($"feature_extractor.encodec.encoder.{name}.conv.conv.weight_g", outputs, 1, 1);
            Add($"feature_extractor.encodec.encoder.{name}.conv.conv.weight_v", outputs, inputs, kernel);
        }
    }

    private static (string Name, long[] Shape, float[] Values) Filled(string name, long[] shape) =>
        (name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (p, s) => p * s)).Select(i => (i + 1) * 0.01f)]);
}
