using Codecs.Formats.Weights;
using Codecs.Models.Walloc.Faithful;
using Codecs.Models.Walloc.Faithful.Networks;

namespace Codecs.Models.Tests.Walloc.Faithful;

/// <summary>The formula that the golden vectors' weights come from; no weights need to be stored.</summary>
internal static class SyntheticWeights
{
    /// <summary>The small stereo codec of the golden vectors.</summary>
    internal static FaithfulWallocConfig SmallAudio { get; } = new()
    {
        Channels = 2,
        Levels = 3,
        DecoderWidth = 24,
        LatentChannels = 6,
        LatentBits = 8,
        LightweightEncoder = true,
        PostFilter = true,
    };

    internal static FaithfulWallocConfig SmallImage { get; } = new()
    {
        Channels = 3,
        Levels = 2,
        DecoderWidth = 32,
        LatentChannels = 4,
        LatentBits = 6,
        LightweightEncoder = true,
    };

    internal static float[] Fill(string name, int count, double amplitude, double start = 0)
    {
        int k = name.Sum(c => c);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(start + (amplitude * Math.Sin((0.7 * (i + 1)) + (0.013 * (i + 1) * ((i % 17) + 1)) + (0.31 * k))));
        }

        return values;
    }

    /// <summary>An official state dictionary of a configuration.</summary>
    internal static IReadOnlyList<SafetensorsTensor> Create(FaithfulWallocConfig config) => [.. ShapeRecorder.Record(config)
        .Select(entry => SafetensorsTensor.Create<float>(entry.Key, entry.Value, Values(entry.Key, (int)entry.Value.Aggregate(1L, (p, s) => p * s))))];

    internal static FaithfulWalloc Open(FaithfulWallocConfig config)
    {
        FaithfulWallocImport import = FaithfulWallocImport.Create(config, Create(config).ToArray(), "synthetic.pth");
        return FaithfulWalloc.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray(import.Tensors, import.Metadata)));
    }

    private static float[] Values(string name, int count)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        return last switch
        {
            _ when WaveletBuffers.Contains(name) => [.. Filter(last).Select(v => (float)v)],
            "weight_g" => Fill(name, count, 0.1, 0.5),
            "alpha" or "beta" => Fill(name, count, 0.2),
            "bias" => Fill(name, count, 0.02),
            _ when name == "encoder.0.weight" => Fill(name, count, 60),
            _ when name == "post.weight" => Fill(name, count, 0.02),
            "weight_v" => Fill(name, count, 1),
            _ => Fill(name, count, 0.1, name.Contains("norm", StringComparison.Ordinal) ? 1 : 0),
        };
    }

    private static IReadOnlyList<double> Filter(string name) => name[..2] switch
    {
        "h0" => BiorthogonalFilters.ReversedAnalysisLow,
        "h1" => BiorthogonalFilters.ReversedAnalysisHigh,
        "g0" => BiorthogonalFilters.SynthesisLow,
        _ => BiorthogonalFilters.SynthesisHigh,
    };
}
