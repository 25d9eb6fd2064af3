using Codecs.Formats.Weights;
using Codecs.Models.Tests.Faithful;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;

namespace Codecs.Models.Tests.Vqgan.Faithful;

/// <summary>Codecs whose weights are filled by the formula of the golden vectors.</summary>
internal static class SyntheticVqganWeights
{
    /// <summary>Two levels, attention at the lower one.</summary>
    internal static FaithfulVqganConfig Small { get; } = new()
    {
        Channels = 32,
        Multipliers = [1, 2],
        Blocks = 1,
        AttentionResolutions = [128],
        LatentChannels = 3,
        CodeDimensions = 2,
        Codes = 16,
    };

    /// <summary>Three levels, attention at the middle one.</summary>
    internal static FaithfulVqganConfig Deep { get; } = new()
    {
        Channels = 32,
        Multipliers = [1, 1, 2],
        Blocks = 2,
        AttentionResolutions = [32],
        Resolution = 64,
        LatentChannels = 4,
        CodeDimensions = 5,
        Codes = 8,
    };

    /// <summary>An official state dictionary of a configuration.</summary>
    internal static Dictionary<string, SafetensorsTensor> Create(FaithfulVqganConfig config) => VqganNetwork.Shapes(config).ToDictionary(
        entry => entry.Key, entry => SafetensorsTensor.Create<float>(entry.Key, entry.Value, Values(entry.Key, entry.Value)), StringComparer.Ordinal);

    internal static FaithfulVqgan Open(FaithfulVqganConfig config, TilingLimits? limits = null) => Open(config, Create(config), limits);

    internal static FaithfulVqgan Open(FaithfulVqganConfig config, Dictionary<string, SafetensorsTensor> state, TilingLimits? limits = null)
    {
        ImportedModel import = FaithfulVqganImport.Create(config, state.Values, "synthetic.ckpt");
        return FaithfulVqgan.Create(SafetensorsFile.Read(SafetensorsWriter.ToArray(import.Tensors, import.Metadata)), limits: limits);
    }

    /// <summary>A picture with slopes, edges and noise.</summary>
    internal static byte[] Picture(int width, int height) => [.. Enumerable.Range(0, width * height * 3)
        .Select(i => (byte)Math.Clamp((i % (3 * width)) + (i / (3 * width) * 5 % 90) + ((i * 2654435761L >> 7) % 40), 0, 255))];

    private static float[] Values(string name, long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (p, s) => p * s);
        bool isNorm = name.Contains("norm", StringComparison.Ordinal), isWeight = name.EndsWith("weight", StringComparison.Ordinal);
        return GoldenFill.Create(name, count, name switch
        {
            VqganNames.Codebook => 1,
            _ when isWeight && !isNorm => 1.2 / Math.Sqrt(count / shape[0]),
            _ => 0.1,
        }, isNorm && isWeight ? 1 : 0);
    }
}
