using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec;

/// <summary>Made-up weights of the shipped shape, as files.</summary>
internal static class SpeechFiles
{
    /// <summary>A network as training starts it, but with rows in its tables that differ, and the file that it exports to; the network holds the file's rounded values.</summary>
    internal static (SpeechNetwork Network, SafetensorsFile File) Export(int seed)
    {
        using var _ = no_grad();
        random.manual_seed(seed);
        var network = new SpeechNetwork();
        foreach ((string name, TorchSharp.Modules.Parameter value) in network.named_parameters())
        {
            if (name.EndsWith("scale", StringComparison.Ordinal))
            {
                value.uniform_(0.5, 1.5);
            }
            else if (name.EndsWith("shift", StringComparison.Ordinal))
            {
                value.uniform_(-0.3, 0.3);
            }
        }

        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            (int start, int end) = SpeechShape.PartOf(q);
            network.codebooks.embed[q].narrow(1, start, end - start).uniform_(-0.5, 0.5);
        }

        int[] order = [.. Enumerable.Range(0, SpeechShape.CodebookSize)];
        SafetensorsFile file = Read(SpeechTensors.Export(network, [.. Enumerable.Repeat(order, SpeechShape.Codebooks)]));
        WeightLoader.Load(network.encoder, file, SpeechAnalysis.Prefix, CPU);
        WeightLoader.Load(network.decoder, file, SpeechSynthesis.Prefix, CPU);
        network.codebooks.embed.copy_(tensor(file[SpeechCodebooks.Tensor].ToFloats(), network.codebooks.embed.shape));
        return (network, file);
    }

    /// <summary>Weights from integers: the same on every machine, whatever torch it has.</summary>
    internal static SafetensorsFile FromIntegers()
    {
        using var network = new SpeechNetwork(); // for names and shapes
        List<SafetensorsTensor> tensors = [.. network.named_parameters().Select(p => Tensor(p.name, p.parameter.shape))];
        float[] vectors = new float[SpeechShape.Codebooks * SpeechShape.CodebookSize * SpeechShape.Latent];
        float[] values = IntegerNoise.Create(SpeechCodebooks.Tensor, vectors.Length);
        for (int i = 0; i < vectors.Length; i++)
        {
            int q = i / SpeechShape.Latent / SpeechShape.CodebookSize, element = i % SpeechShape.Latent;
            (int start, int end) = SpeechShape.PartOf(q);
            vectors[i] = element >= start && element < end ? values[i] / (1 << Math.Max(0, q - SpeechShape.FewestCodebooks + 1)) : 0;
        }

        tensors.Add(SafetensorsTensor.CreateHalf(SpeechCodebooks.Tensor, [SpeechShape.Codebooks, SpeechShape.CodebookSize, SpeechShape.Latent], vectors));
        return Read(tensors);
    }

    internal static SafetensorsFile Read(IEnumerable<SafetensorsTensor> tensors) => SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));

    /// <summary>Vectors of a map as the quantiser takes them, [frames, channels].</summary>
    internal static float[] Vectors(FrameMap map)
    {
        float[] vectors = new float[map.Frames * map.Channels];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = map.Row(i % map.Channels)[i / map.Channels];
        }

        return vectors;
    }

    // Powers of two as gains: all values are exact as half floats.
    private static SafetensorsTensor Tensor(string name, long[] shape)
    {
        float[] values = IntegerNoise.Create(name, (int)shape.Aggregate(1L, (p, s) => p * s));
        (float start, float gain) = name.Split('.')[^1] switch
        {
            "weight" => (0, Gain(values.Length / (int)shape[0])),
            "scale" => (1, 0.25f),
            "gamma" => (0.25f, 0.125f),
            _ => (0f, 0.125f),
        };
        return SafetensorsTensor.Create<float>(name, shape, Array.ConvertAll(values, v => start + (gain * v)));
    }

    // The power of two at or below 1 / sqrt(terms): what goes in with variance 1 comes out with less.
    private static float Gain(int terms)
    {
        int bits = 0;
        while (1 << (2 * bits) < terms)
        {
            bits++;
        }

        return 1f / (1 << bits);
    }
}
