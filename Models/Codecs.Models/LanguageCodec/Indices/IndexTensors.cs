using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.Exact;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>A trained index predictor as the integer tensors of a weight file.</summary>
internal static class IndexTensors
{
    /// <summary>The predictor's tensors.</summary>
    /// <param name="network">The network.</param>
    /// <param name="codes">Units it is going to see, int64 [N, T, 8]: they choose the number format of the hidden units.</param>
    internal static List<SafetensorsTensor> Predictor(IndexNetwork network, Tensor codes)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        const int books = SpeechShape.Codebooks, nodes = IndexShape.Nodes, width = IndexShape.Hidden;
        var tensors = new List<SafetensorsTensor>();
        (sbyte[] embedding, int embeddingBits) = SignedByteQuantizer.Quantize(Values(network.embedding.weight!));
        tensors.Add(Create<sbyte>("embedding", [books, SpeechShape.CodebookSize, IndexShape.Embedding], embedding));
        float[] node = Values(network.node.weight!), nodeBias = Values(network.node_bias);
        sbyte[] nodeWeights = new sbyte[node.Length];
        int[] biases = new int[nodeBias.Length];
        byte[] shifts = new byte[books];
        Tensor[] hidden = network.Hidden(codes);
        for (int q = 0; q < books; q++)
        {
            int hiddenBits = NodeQuantizer.HiddenBits(hidden[q].abs().max().item<float>());
            int[] outputBits = new int[width];
            Array.Fill(outputBits, hiddenBits);
            LayerQuantizer.Layer layer = LayerQuantizer.Quantize(Values(network.hidden[q].weight), Values(network.hidden[q].bias!), embeddingBits, outputBits);
            tensors.Add(Create<short>($"hidden.{q}.weight", [width, IndexShape.InputsOf(q)], layer.Weights));
            tensors.Add(Create<int>($"hidden.{q}.bias", [width], layer.Bias));
            tensors.Add(Create<byte>($"hidden.{q}.shift", [width], layer.Shift));

            NodeQuantizer.Nodes tree = NodeQuantizer.Quantize(node.AsSpan(q * nodes * width, nodes * width), nodeBias.AsSpan(q * nodes, nodes), hiddenBits);
            tree.Vectors.CopyTo(nodeWeights, q * nodes * width);
            tree.Bias.CopyTo(biases, q * nodes);
            shifts[q] = tree.Shift;
        }

        tensors.Add(Create<sbyte>("node", [books, nodes, width], nodeWeights));
        tensors.Add(Create<int>("node_bias", [books, nodes], biases));
        tensors.Add(Create<byte>("node_shift", [books], shifts));
        return tensors;
    }

    /// <summary>The tensors of the adaptive part.</summary>
    /// <param name="start">Start states of the contexts, [8, <see cref="IndexContexts.PerBook"/>].</param>
    /// <param name="mixer">Start weights of the mixture.</param>
    internal static List<SafetensorsTensor> Adaptive(short[] start, int[] mixer) =>
    [
        Create<short>("start", [SpeechShape.Codebooks, IndexContexts.PerBook], start),
        Create<int>("mixer", [ExactIndexModel.MixerSets, ExactIndexModel.MixerInputs], mixer),
    ];

    private static SafetensorsTensor Create<T>(string name, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged => SafetensorsTensor.Create(ModelWeights.EntropyPrefix + name, shape, values);

    private static float[] Values(Tensor value)
    {
        using Tensor flat = value.detach().to(float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
