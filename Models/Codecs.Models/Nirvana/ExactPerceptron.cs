using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.Models.Nirvana;

/// <summary>A perceptron of three layers in integers: the same numbers on every machine.</summary>
/// <remarks>
/// Activations are int16 with 7 fractional bits, weights int16 with 10, biases int32 with 17; y = clamp((sum + 2^9) >> 10), hidden layers then take
/// max(y, y >> 3). The last layer's sums come out as they are, with 17 fractional bits. Two inputs of a position share a 32-bit lane, so that one
/// multiply-add serves both. No sum can overflow: the magnitudes of an output's weights sum to less than 2^16 - 2^8, inputs are below 2^15 and biases below 2^22.
/// </remarks>
internal sealed class ExactPerceptron
{
    /// <summary>Fractional bits of activations.</summary>
    internal const int ActivationBits = 7;

    /// <summary>Fractional bits of weights.</summary>
    internal const int WeightBits = 10;

    /// <summary>Positions of a batch.</summary>
    internal const int Batch = 64;

    private const int Lanes = 16, Vectors = Batch / Lanes;
    private readonly PerceptronShape _shape;
    private readonly int[][] _weights;
    private readonly int[][] _biases;

    /// <summary>Takes parameters.</summary>
    /// <param name="shape">The layers.</param>
    /// <param name="parameters">As <see cref="PerceptronShape"/> orders them: integers with <see cref="WeightBits"/>; biases too.</param>
    /// <exception cref="ModelMismatchException">A sum could overflow.</exception>
    internal ExactPerceptron(PerceptronShape shape, ReadOnlySpan<short> parameters)
    {
        _shape = shape;
        _weights = new int[PerceptronShape.Layers][];
        _biases = new int[PerceptronShape.Layers][];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            int inputs = shape.Inputs(l), pairs = (inputs + 1) / 2, outputs = shape.Outputs(l);
            _weights[l] = new int[pairs * outputs];
            _biases[l] = new int[outputs];
            ReadOnlySpan<short> w = parameters.Slice(shape.WeightStart(l), inputs * outputs), b = parameters.Slice(shape.BiasStart(l), outputs);
            for (int o = 0; o < outputs; o++)
            {
                int sum = 0;
                for (int i = 0; i < inputs; i++)
                {
                    int weight = w[(o * inputs) + i];
                    sum += Math.Abs(weight);
                    _weights[l][(o * pairs) + (i / 2)] |= i % 2 == 0 ? weight & 0xFFFF : weight << 16;
                }

                if (sum >= PerceptronShape.MaxWeightSum)
                {
                    throw new ModelMismatchException($"The weights of output {o} of layer {l} sum to {sum}; the most that cannot overflow is {PerceptronShape.MaxWeightSum - 1}.");
                }

                _biases[l][o] = b[o] << ActivationBits;
            }
        }
    }

    /// <summary>Runs the network on 64 positions; several threads may at once.</summary>
    /// <param name="inputs">[pairs of inputs, 4 vectors of 16 positions].</param>
    /// <param name="hidden">Room for [pairs of units of both hidden layers, 4 vectors].</param>
    /// <param name="means">Receives the first output of each position, 17 fractional bits.</param>
    /// <param name="scales">Receives the second.</param>
    internal void Run(ReadOnlySpan<Vector512<int>> inputs, Span<Vector512<int>> hidden, Span<int> means, Span<int> scales)
    {
        Span<Vector512<int>> first = hidden[..(_shape.Hidden1 / 2 * Vectors)], second = hidden.Slice(first.Length, _shape.Hidden2 / 2 * Vectors);
        Hidden(inputs, 0, first);
        Hidden(first, 1, second);
        Last(second, means, scales);
    }

    private void Hidden(ReadOnlySpan<Vector512<int>> x, int layer, Span<Vector512<int>> y)
    {
        int pairs = (_shape.Inputs(layer) + 1) / 2, outputs = _shape.Outputs(layer);
        ReadOnlySpan<int> weights = _weights[layer], biases = _biases[layer];
        for (int o = 0; o < outputs; o += 2)
        {
            ReadOnlySpan<int> even = weights.Slice(o * pairs, pairs), odd = weights.Slice((o + 1) * pairs, pairs);
            Vector512<int> e0 = Vector512.Create(biases[o]), e1 = e0, e2 = e0, e3 = e0, d0 = Vector512.Create(biases[o + 1]), d1 = d0, d2 = d0, d3 = d0;
            for (int k = 0; k < even.Length; k++)
            {
                ReadOnlySpan<Vector512<int>> at = x.Slice(k * Vectors, Vectors);
                Vector512<int> u = Vector512.Create(even[k]), v = Vector512.Create(odd[k]);
                e0 += Pairs(at[0], u);
                e1 += Pairs(at[1], u);
                e2 += Pairs(at[2], u);
                e3 += Pairs(at[3], u);
                d0 += Pairs(at[0], v);
                d1 += Pairs(at[1], v);
                d2 += Pairs(at[2], v);
                d3 += Pairs(at[3], v);
            }

            Span<Vector512<int>> to = y.Slice(o / 2 * Vectors, Vectors);
            to[0] = Pack(e0, d0);
            to[1] = Pack(e1, d1);
            to[2] = Pack(e2, d2);
            to[3] = Pack(e3, d3);
        }
    }

    private void Last(ReadOnlySpan<Vector512<int>> x, Span<int> means, Span<int> scales)
    {
        int pairs = _shape.Hidden2 / 2;
        ReadOnlySpan<int> weights = _weights[PerceptronShape.Layers - 1], biases = _biases[PerceptronShape.Layers - 1];
        for (int v = 0; v < Vectors; v++)
        {
            Vector512<int> mean = Vector512.Create(biases[0]), scale = Vector512.Create(biases[1]);
            for (int k = 0; k < pairs; k++)
            {
                mean += Pairs(x[(k * Vectors) + v], Vector512.Create(weights[k]));
                scale += Pairs(x[(k * Vectors) + v], Vector512.Create(weights[pairs + k]));
            }

            mean.CopyTo(means[(v * Lanes)..]);
            scale.CopyTo(scales[(v * Lanes)..]);
        }
    }

    /// <summary>The leaky rectifier on rounded sums, two outputs into one lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Pack(Vector512<int> even, Vector512<int> odd) =>
        (Activate(even) & Vector512.Create(0xFFFF)) | (Activate(odd) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Activate(Vector512<int> sum)
    {
        Vector512<int> y = (sum + Vector512.Create(1 << (WeightBits - 1))) >> WeightBits;
        y = Vector512.Min(Vector512.Max(y, Vector512.Create((int)short.MinValue)), Vector512.Create((int)short.MaxValue));
        return Vector512.Max(y, y >> 3);
    }

    /// <summary>low * low + high * high of int16 pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Pairs(Vector512<int> x, Vector512<int> w)
    {
        if (Avx512BW.IsSupported)
        {
            return Avx512BW.MultiplyAddAdjacent(x.AsInt16(), w.AsInt16());
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.MultiplyAddAdjacent(x.GetLower().AsInt16(), w.GetLower().AsInt16()), Avx2.MultiplyAddAdjacent(x.GetUpper().AsInt16(), w.GetUpper().AsInt16()));
        }

        return ((x << 16 >> 16) * (w << 16 >> 16)) + ((x >> 16) * (w >> 16));
    }
}
