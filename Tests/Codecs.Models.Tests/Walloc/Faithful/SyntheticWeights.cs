using Codecs.Formats.Weights;
using Codecs.Models.Tests.Faithful;
using Codecs.Models.Walloc.Faithful;
using Codecs.Models.Walloc.Faithful.Networks;

namespace Codecs.Models.Tests.Walloc.Faithful;

/// <summary>Codecs whose weights are filled by the formula of the golden vectors.</summary>
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

    /// <summary>An official state dictionary of a configuration.</summary>
    internal static IReadOnlyList<SafetensorsTensor> Create(FaithfulWallocConfig config) => [.. IFaithfulNetwork.Shapes(config)
        .Select(entry => SafetensorsTensor.Create<float>(entry.Key, entry.Value, Values(entry.Key, (int)entry.Value.Aggregate(1L, (p, s) => p * s))))];

    internal static FaithfulWalloc Open(FaithfulWallocConfig config)
    {
        ImportedModel import = FaithfulWallocImport.Create(config, Create(config).ToArray(), "synthetic.pth");
        return FaithfulWalloc.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray(import.Tensors, import.Metadata)));
    }

    private static float[] Values(string name, int count)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        return last switch
        {
            _ when WaveletBuffers.Contains(name) => [.. Filter(last).Select(v => (float)v)],
            "weight_g" => GoldenFill.Create(name, count, 0.1, 0.5),
            "alpha" or "beta" => GoldenFill.Create(name, count, 0.2),
            "bias" => GoldenFill.Create(name, count, 0.02),
            _ when name == "encoder.0.weight" => GoldenFill.Create(name, count, 60),
            _ when name == "post.weight" => GoldenFill.Create(name, count, 0.02),
            "weight_v" => GoldenFill.Create(name, count, 1),
            _ => GoldenFill.Create(name, count, 0.1, name.Contains("norm", StringComparison.Ordinal) ? 1 : 0),
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
