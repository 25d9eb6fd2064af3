using System.Numerics;
using Codecs.Models.Exact;

namespace Codecs.Models.Codebooks;

/// <summary>From hidden units to the probability of the bit at any node of a codebook's tree, in integers. Immutable.</summary>
/// <remarks>logit = clamp((Σ vector · hidden + bias + 2^(shift - 1)) >> shift, ±2047). No sum leaves 32 bits, whatever the hidden units are: that is proved at construction.</remarks>
internal sealed class NodeLogits
{
    /// <summary>Fraction bits of a logit: the domain of the mixer.</summary>
    internal const int FractionBits = 8;

    private const int Largest = 2047, LargestShift = 24;
    private readonly short[] _vectors; // [node, width]
    private readonly int[] _bias;
    private readonly int _shift, _width;

    /// <param name="vectors">Vectors of the nodes in their order, [nodes, width], each element a signed byte.</param>
    /// <param name="bias">What each node adds.</param>
    /// <param name="shift">Fraction bits that a sum has more than a logit, 1..24.</param>
    /// <exception cref="ModelMismatchException">The shift is another, or a sum could overflow.</exception>
    internal NodeLogits(short[] vectors, int[] bias, int shift)
    {
        if (shift is < 1 or > LargestShift)
        {
            throw new ModelMismatchException($"Tree of a codebook with a shift of {shift}; expected 1 to {LargestShift}. The model file is damaged.");
        }

        (_vectors, _bias, _shift, _width) = (vectors, bias, shift, vectors.Length / bias.Length);
        for (int n = 0; n < bias.Length; n++)
        {
            long bound = Math.Abs((long)bias[n]) + (1L << (shift - 1));
            foreach (short w in VectorOf(n))
            {
                bound += (long)Math.Abs((int)w) * Requantizer.Limit;
            }

            if (bound > int.MaxValue)
            {
                throw new ModelMismatchException("The weights of a codebook's tree are too large for 32-bit sums; the model file is damaged.");
            }
        }
    }

    /// <summary>256 ln(p / (1 - p)) for the probability p that a node's bit is 0, in ±2047.</summary>
    internal short At(int node, ReadOnlySpan<short> hidden)
    {
        int sum = Dot(VectorOf(node), hidden) + _bias[node] + (1 << (_shift - 1));
        return (short)Math.Clamp(sum >> _shift, -Largest, Largest);
    }

    /// <summary>Σ x·y; the bound is proved beforehand, so that the order of the sums does not matter.</summary>
    internal static int Dot(ReadOnlySpan<short> x, ReadOnlySpan<short> y)
    {
        Vector<int> sums = Vector<int>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(x[i..]), out Vector<int> xLow, out Vector<int> xHigh);
            Vector.Widen(new Vector<short>(y[i..]), out Vector<int> yLow, out Vector<int> yHigh);
            sums += (xLow * yLow) + (xHigh * yHigh);
        }

        int sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private ReadOnlySpan<short> VectorOf(int node) => _vectors.AsSpan(node * _width, _width);
}
