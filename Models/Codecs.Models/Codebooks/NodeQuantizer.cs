using Codecs.Models.Exact;

namespace Codecs.Models.Codebooks;

/// <summary>Turns the nodes of a codebook's tree into what <see cref="NodeLogits"/> reads.</summary>
internal static class NodeQuantizer
{
    /// <summary>The nodes as a model file stores them.</summary>
    internal readonly record struct Nodes(sbyte[] Vectors, int[] Bias, byte Shift);

    /// <param name="vectors">[nodes, width].</param>
    /// <param name="bias">[nodes].</param>
    /// <param name="hiddenBits">Fraction bits of the hidden units.</param>
    internal static Nodes Quantize(ReadOnlySpan<float> vectors, ReadOnlySpan<float> bias, int hiddenBits)
    {
        (sbyte[] values, int bits) = SignedByteQuantizer.Quantize(vectors);
        int[] biases = new int[bias.Length];
        for (int n = 0; n < biases.Length; n++)
        {
            biases[n] = (int)Math.Round(Math.ScaleB(bias[n], hiddenBits + bits));
        }

        return new Nodes(values, biases, (byte)(hiddenBits + bits - NodeLogits.FractionBits));
    }

    /// <summary>Fraction bits with which twice the largest hidden unit seen still fits.</summary>
    internal static int HiddenBits(float largest) => Math.Clamp((int)Math.Floor(Math.Log2(Requantizer.Limit / (2 * Math.Max(1e-3, largest)))), 4, 12);
}
