using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Faithful;
using Codecs.Models.LanguageCodec.Faithful.Networks;
using Codecs.Models.Tests.Faithful;

namespace Codecs.Models.Tests.LanguageCodec.Faithful;

/// <summary>Codecs whose weights are filled by the formula of the golden vectors.</summary>
internal static class SyntheticSpeechWeights
{
    /// <summary>All parts of the released codec, few channels.</summary>
    internal static FaithfulLanguageCodecConfig Small { get; } = new()
    {
        Filters = 2,
        LatentChannels = 7,
        Codebooks = 5,
        CodebookSize = 16,
        Width = 8,
        HiddenWidth = 12,
        Blocks = 2,
        Conditions = 2,
    };

    /// <summary>What inference needs of an official state dictionary.</summary>
    internal static Dictionary<string, SafetensorsTensor> Create(FaithfulLanguageCodecConfig config) => FaithfulNetwork.Shapes(config)
        .ToDictionary(entry => entry.Key, entry => SafetensorsTensor.Create<float>(entry.Key, entry.Value, Values(entry.Key, entry.Value)));

    internal static FaithfulLanguageCodec Open(FaithfulLanguageCodecConfig config)
    {
        ImportedModel import = FaithfulLanguageCodecImport.Create(Create(config), "synthetic.ckpt");
        return FaithfulLanguageCodec.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray(import.Tensors, import.Metadata)));
    }

    /// <summary>The tone of the golden vectors.</summary>
    internal static float[] Tone(int samples)
    {
        float[] tone = new float[samples];
        for (int n = 0; n < samples; n++)
        {
            tone[n] = (float)((0.3 * Math.Sin(2 * Math.PI * 440 * n / 24000)) + (0.2 * Math.Sin((2 * Math.PI * 1234.5 * n / 24000) + 0.5)));
        }

        return tone;
    }

    private static float[] Values(string name, long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (p, s) => p * s);
        return name switch
        {
            StateNames.Window => [.. Enumerable.Range(0, count).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / count))))],
            _ when name.EndsWith("_codebook.embed", StringComparison.Ordinal) => CodeVectors(name, count, (int)shape[1]),
            _ when name.EndsWith("weight_g", StringComparison.Ordinal) => GoldenFill.Create(name, count, 0.1, 1),
            _ when name.Contains("scale.weight", StringComparison.Ordinal) || name.EndsWith("layer_norm.weight", StringComparison.Ordinal) => GoldenFill.Create(name, count, 0.1, 1),
            _ when name.Contains("shift.weight", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal) => GoldenFill.Create(name, count, 0.1),
            _ when name.Contains("bias", StringComparison.Ordinal) => GoldenFill.Create(name, count, 0.02),
            _ => GoldenFill.Create(name, count, 1 / Math.Sqrt(count / (double)shape[0])),
        };
    }

    // The first three codebooks are zero outside their third of the channels.
    private static float[] CodeVectors(string name, int count, int channels)
    {
        int layer = name[StateNames.Codebooks.Length] - '0';
        float[] values = GoldenFill.Create(name, count, 0.25 * Math.Pow(0.7, Math.Max(0, layer - 2)));
        for (int i = 0; i < count && layer < 3; i++)
        {
            int channel = i % channels;
            values[i] = channel >= layer * channels / 3 && channel < (layer + 1) * channels / 3 ? values[i] : 0;
        }

        return values;
    }
}
