using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>A trained index predictor as the integer tensors of a weight file.</summary>
internal static class IndexTensors
{
    // Steps of a scale that are tried for the least squared error; large values are cut off.
    private const int Scales = 5;

    /// <summary>The predictor's tensors.</summary>
    /// <param name="network">The network.</param>
    /// <param name="codes">Units it is going to see, int64 [N, T, 8]: they choose the number format of the hidden units.</param>
    internal static List<SafetensorsTensor> Predictor(IndexNetwork network, Tensor codes)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        const int books = SpeechShape.Codebooks, nodes = IndexShape.Nodes, width = IndexShape.Hidden;
        var tensors = new List<SafetensorsTensor>();
        (sbyte[] embedding, int embeddingBits) = Quantize(Values(network.embedding.weight!));
        tensors.Add(Create<sbyte>("embedding", [books, SpeechShape.CodebookSize, IndexShape.Embedding], embedding));
        float[] node = Values(network.node.weight!), nodeBias = Values(network.node_bias);
        sbyte[] nodeWeights = new sbyte[node.Length];
        int[] biases = new int[nodeBias.Length];
        byte[] shifts = new byte[books];
        Tensor[] hidden = network.Hidden(codes);
        for (int q = 0; q < books; q++)
        {
            // Twice the largest value seen still fits.
            int hiddenBits = Math.Clamp((int)Math.Floor(Math.Log2(Requantizer.Limit / (2 * Math.Max(1e-3, hidden[q].abs().max().item<float>())))), 4, 12);
            int[] outputBits = new int[width];
            Array.Fill(outputBits, hiddenBits);
            LayerQuantizer.Layer layer = LayerQuantizer.Quantize(Values(network.hidden[q].weight), Values(network.hidden[q].bias!), embeddingBits, outputBits);
            tensors.Add(Create<short>($"hidden.{q}.weight", [width, IndexShape.InputsOf(q)], layer.Weights));
            tensors.Add(Create<int>($"hidden.{q}.bias", [width], layer.Bias));
            tensors.Add(Create<byte>($"hidden.{q}.shift", [width], layer.Shift));

            (sbyte[] weights, int weightBits) = Quantize(node.AsSpan(q * nodes * width, nodes * width));
            weights.CopyTo(nodeWeights, q * nodes * width);
            shifts[q] = (byte)(hiddenBits + weightBits - IndexPredictor.LogitBits);
            for (int n = 0; n < nodes; n++)
            {
                biases[(q * nodes) + n] = (int)Math.Round(Math.ScaleB(nodeBias[(q * nodes) + n], hiddenBits + weightBits));
            }
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

    // Signed bytes and their fraction bits.
    private static (sbyte[] Values, int Bits) Quantize(ReadOnlySpan<float> values)
    {
        float largest = 1e-6f;
        foreach (float v in values)
        {
            largest = Math.Max(largest, Math.Abs(v));
        }

        int safe = (int)Math.Floor(Math.Log2(sbyte.MaxValue / largest)), best = safe;
        double least = double.PositiveInfinity;
        for (int bits = safe; bits < safe + Scales; bits++)
        {
            double error = 0;
            foreach (float v in values)
            {
                double difference = v - Math.ScaleB(Round(v, bits), -bits);
                error += difference * difference;
            }

            (least, best) = error < least ? (error, bits) : (least, best);
        }

        sbyte[] rounded = new sbyte[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = Round(values[i], best);
        }

        return (rounded, best);
    }

    private static sbyte Round(float value, int bits) => (sbyte)(int)Math.Clamp(Math.Round(Math.ScaleB(value, bits)), -sbyte.MaxValue, sbyte.MaxValue);

    private static float[] Values(Tensor value)
    {
        using Tensor flat = value.detach().to(float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
