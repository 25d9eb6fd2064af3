using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Layers;
using Codecs.Models.Tests.IndexMaps;
using Codecs.Models.Vqgan;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Vqgan;

/// <summary>A network with random weights, exported the way trained ones are.</summary>
internal static class RandomVqx
{
    /// <summary>Bits and lambda of the rates.</summary>
    internal static readonly (byte Bits, float Lambda)[] Rates = [(3, 0.5f), (3, 0), (6, 0.2f), (9, 0.1f), (12, 0.05f), (12, 0)];

    private static readonly Lazy<SafetensorsFile> s_file = new(() => File(Create()));

    /// <summary>A weight file; always the same.</summary>
    internal static SafetensorsFile Weights => s_file.Value;

    /// <summary>The weight file without a tensor, or with another in its place.</summary>
    internal static SafetensorsFile Changed(string name, SafetensorsTensor? instead) =>
        File([.. Weights.Tensors.Where(t => t.Name != name), .. instead is null ? Array.Empty<SafetensorsTensor>() : [instead]]);

    /// <summary>Vectors that are spread like the codes.</summary>
    internal static float[] Vectors(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * VqxShape.Dimensions).Select(_ => (float)((random.NextDouble() - 0.5) * 3))];
    }

    private static SafetensorsFile File(IEnumerable<SafetensorsTensor> tensors) =>
        SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors, ModelWeights.MetadataOf(VqxWeights.Architecture)));

    private static List<SafetensorsTensor> Create()
    {
        using var pause = CollectionPause.Start(256 << 20);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(11);
        using var network = new VqxNetwork();
        using var concealer = new MapTransformer(new ComputePolicy(), VqxShape.Depth);
        concealer.node.mul_(5);
        for (int depth = 0; depth < VqxShape.Depth; depth++)
        {
            using Tensor parents = network.nodes.narrow(0, 1L << depth, 1L << depth).repeat_interleave(2, 0);
            network.nodes.narrow(0, 2L << depth, 2L << depth).copy_(parents + (randn_like(parents) * (0.6 * Math.Pow(0.85, depth))));
        }

        foreach (var table in new[] { network.decoder.gain, network.decoder.offset })
        {
            table.add_(randn_like(table) * 0.2);
        }

        return
        [
            .. VqxTensors.Export(network), .. VqxTensors.Export(concealer), .. RandomMapModel.Tensors(seed: 6, largestNode: 3).Values,
            SafetensorsTensor.Create<byte>(ModelWeights.EntropyPrefix + VqxRates.BitsTensor, [Rates.Length], [.. Rates.Select(r => r.Bits)]),
            SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [Rates.Length], [.. Rates.Select(r => r.Lambda)]),
        ];
    }
}
