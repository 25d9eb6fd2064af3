using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.Exact;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps;

/// <summary>A trained map predictor as the integer tensors of a weight file.</summary>
internal static class MapTensors
{
    /// <summary>The predictor's tensors.</summary>
    /// <param name="network">The network.</param>
    /// <param name="maps">Maps of node numbers as it is going to see them, int64 [N, R, C], of all depths: they choose the number format of the hidden units.</param>
    internal static List<SafetensorsTensor> Predictor(MapNetwork network, IEnumerable<Tensor> maps)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        const int width = MapShape.Hidden, nodes = MapShape.InnerNodes;
        int hiddenBits = NodeQuantizer.HiddenBits(maps.Max(m => network.Hidden(m).abs().max().item<float>()));
        (sbyte[] embedding, int embeddingBits) = SignedByteQuantizer.Quantize(Values(network.embedding.weight!));
        int[] outputBits = new int[width];
        Array.Fill(outputBits, hiddenBits);
        LayerQuantizer.Layer layer = LayerQuantizer.Quantize(Values(network.hidden.weight), Values(network.hidden.bias!), embeddingBits, outputBits);
        NodeQuantizer.Nodes tree = NodeQuantizer.Quantize(Values(network.node.weight!), Values(network.node_bias), hiddenBits);
        return
        [
            Create<sbyte>("embedding", [MapShape.Nodes, MapShape.Embedding], embedding),
            Create<short>("hidden.weight", [width, MapShape.Inputs], layer.Weights),
            Create<int>("hidden.bias", [width], layer.Bias),
            Create<byte>("hidden.shift", [width], layer.Shift),
            Create<sbyte>("node", [nodes, width], tree.Vectors),
            Create<int>("node_bias", [nodes], tree.Bias),
            Create<byte>("node_shift", [1], [tree.Shift]),
        ];
    }

    /// <summary>The tensors of the adaptive part.</summary>
    /// <param name="start">Start states of the contexts, as many as <see cref="ExactMapModel.ContextCount"/>.</param>
    /// <param name="mixer">Start weights of the mixture.</param>
    internal static List<SafetensorsTensor> Adaptive(short[] start, int[] mixer) =>
    [
        Create<short>("start", [start.Length], start),
        Create<int>("mixer", [ExactMapModel.MixerSets, ExactMapModel.MixerInputs], mixer),
    ];

    private static SafetensorsTensor Create<T>(string name, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged => SafetensorsTensor.Create(ModelWeights.EntropyPrefix + name, shape, values);

    private static float[] Values(Tensor value)
    {
        using Tensor flat = value.detach().to(float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
