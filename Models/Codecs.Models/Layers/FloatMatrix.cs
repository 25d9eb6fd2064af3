using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Layers;

/// <summary>A dense matrix with a bias, applied to many vectors in plain code: the linear encoders need no torch.</summary>
/// <remarks>
/// The vectors come as a <see cref="Panel"/>, one in each lane. Four of them are done at once: their sums stay in registers (lanes of a register are
/// outputs) while the inputs pass by, each input of each vector multiplied with 16 or 96 weights. A sum is always taken in the order of the inputs.
/// </remarks>
internal sealed class FloatMatrix
{
    private const int Block = 4; // vectors at once
    private const int Narrow = 2 * 8, Wide = 6 * 16; // outputs at once: two registers of 8 floats for each vector, or six of 16
    private readonly float[] _columns; // [groups of outputs][inputs][outputs of the group]
    private readonly float[] _bias;
    private readonly int _group;

    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    internal FloatMatrix(ReadOnlySpan<float> weight, float[] bias)
        : this(weight, bias, Vector512.IsHardwareAccelerated && bias.Length % Wide == 0 ? Wide : bias.Length % Narrow == 0 ? Narrow : 1)
    {
    }

    /// <summary>With a chosen code path, for tests.</summary>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="group">Outputs at once: 96, 16 or 1; divides the outputs.</param>
    internal FloatMatrix(ReadOnlySpan<float> weight, float[] bias, int group)
    {
        (Outputs, Inputs, _bias, _group) = (bias.Length, weight.Length / bias.Length, bias, group);
        _columns = new float[weight.Length];
        for (int o = 0; o < Outputs; o++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                _columns[(((o / group * Inputs) + i) * group) + (o % group)] = weight[(o * Inputs) + i];
            }
        }
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>The products of up to 16 vectors.</summary>
    /// <param name="panel">[inputs, 16]: a vector in each lane.</param>
    /// <param name="vectors">How many of the lanes are vectors, 1..16.</param>
    /// <param name="output">Receives the outputs of the first vector from 0 on, of the second from <paramref name="stride"/> on, ...</param>
    /// <param name="stride">From one vector's outputs to the next one's.</param>
    internal void Apply(ReadOnlySpan<float> panel, int vectors, Span<float> output, int stride)
    {
        panel = panel[..(Inputs * Panel.Lanes)];
        for (int o = 0; o < Outputs; o += _group)
        {
            ReadOnlySpan<float> columns = _columns.AsSpan(o * Inputs, Inputs * _group), bias = _bias.AsSpan(o, _group);
            for (int v = 0; v < vectors; v += Block)
            {
                Span<float> to = output[((v * stride) + o)..];
                int count = Math.Min(Block, vectors - v);
                switch (_group)
                {
                    case Wide:
                        ApplyWide(panel[v..], columns, bias, count, to, stride);
                        break;
                    case Narrow:
                        ApplyNarrow(panel[v..], columns, bias, count, to, stride);
                        break;
                    default:
                        ApplyOne(panel[v..], columns, bias[0], count, to, stride);
                        break;
                }
            }
        }
    }

    // 24 sums, six weights and one input: 31 of the 32 registers of AVX-512. Vectors a, b, c, d; lanes past the count are computed and dropped.
    private static void ApplyWide(ReadOnlySpan<float> panel, ReadOnlySpan<float> columns, ReadOnlySpan<float> bias, int count, Span<float> output, int stride)
    {
        ReadOnlySpan<Vector512<float>> start = MemoryMarshal.Cast<float, Vector512<float>>(bias);
        Vector512<float> a0 = start[0], a1 = start[1], a2 = start[2], a3 = start[3], a4 = start[4], a5 = start[5];
        Vector512<float> b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4, b5 = a5;
        Vector512<float> c0 = a0, c1 = a1, c2 = a2, c3 = a3, c4 = a4, c5 = a5;
        Vector512<float> d0 = a0, d1 = a1, d2 = a2, d3 = a3, d4 = a4, d5 = a5;
        ReadOnlySpan<Vector512<float>> weights = MemoryMarshal.Cast<float, Vector512<float>>(columns);
        for (; weights.Length >= 6; weights = weights[6..])
        {
            Vector512<float> w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3], w4 = weights[4], w5 = weights[5];
            Vector512<float> x = Vector512.Create(panel[0]);
            a0 = Vector512.MultiplyAddEstimate(w0, x, a0);
            a1 = Vector512.MultiplyAddEstimate(w1, x, a1);
            a2 = Vector512.MultiplyAddEstimate(w2, x, a2);
            a3 = Vector512.MultiplyAddEstimate(w3, x, a3);
            a4 = Vector512.MultiplyAddEstimate(w4, x, a4);
            a5 = Vector512.MultiplyAddEstimate(w5, x, a5);
            x = Vector512.Create(panel[1]);
            b0 = Vector512.MultiplyAddEstimate(w0, x, b0);
            b1 = Vector512.MultiplyAddEstimate(w1, x, b1);
            b2 = Vector512.MultiplyAddEstimate(w2, x, b2);
            b3 = Vector512.MultiplyAddEstimate(w3, x, b3);
            b4 = Vector512.MultiplyAddEstimate(w4, x, b4);
            b5 = Vector512.MultiplyAddEstimate(w5, x, b5);
            x = Vector512.Create(panel[2]);
            c0 = Vector512.MultiplyAddEstimate(w0, x, c0);
            c1 = Vector512.MultiplyAddEstimate(w1, x, c1);
            c2 = Vector512.MultiplyAddEstimate(w2, x, c2);
            c3 = Vector512.MultiplyAddEstimate(w3, x, c3);
            c4 = Vector512.MultiplyAddEstimate(w4, x, c4);
            c5 = Vector512.MultiplyAddEstimate(w5, x, c5);
            x = Vector512.Create(panel[3]);
            d0 = Vector512.MultiplyAddEstimate(w0, x, d0);
            d1 = Vector512.MultiplyAddEstimate(w1, x, d1);
            d2 = Vector512.MultiplyAddEstimate(w2, x, d2);
            d3 = Vector512.MultiplyAddEstimate(w3, x, d3);
            d4 = Vector512.MultiplyAddEstimate(w4, x, d4);
            d5 = Vector512.MultiplyAddEstimate(w5, x, d5);
            panel = panel.Length > Panel.Lanes ? panel[Panel.Lanes..] : panel; // after the last input no row is left
        }

        Store(output, a0, a1, a2, a3, a4, a5);
        if (count > 1)
        {
            Store(output[stride..], b0, b1, b2, b3, b4, b5);
        }

        if (count > 2)
        {
            Store(output[(2 * stride)..], c0, c1, c2, c3, c4, c5);
        }

        if (count > 3)
        {
            Store(output[(3 * stride)..], d0, d1, d2, d3, d4, d5);
        }
    }

    private static void Store(
        Span<float> output, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3, Vector512<float> v4, Vector512<float> v5)
    {
        Span<Vector512<float>> to = MemoryMarshal.Cast<float, Vector512<float>>(output[..Wide]);
        (to[0], to[1], to[2], to[3], to[4], to[5]) = (v0, v1, v2, v3, v4, v5);
    }

    // The same with two registers of 256 bits for each vector: 8 sums, 2 weights and an input fit the 16 registers of AVX2, and twice as many of NEON.
    private static void ApplyNarrow(ReadOnlySpan<float> panel, ReadOnlySpan<float> columns, ReadOnlySpan<float> bias, int count, Span<float> output, int stride)
    {
        ReadOnlySpan<Vector256<float>> start = MemoryMarshal.Cast<float, Vector256<float>>(bias);
        Vector256<float> a0 = start[0], a1 = start[1], b0 = a0, b1 = a1, c0 = a0, c1 = a1, d0 = a0, d1 = a1;
        ReadOnlySpan<Vector256<float>> weights = MemoryMarshal.Cast<float, Vector256<float>>(columns);
        for (; weights.Length >= 2; weights = weights[2..])
        {
            Vector256<float> w0 = weights[0], w1 = weights[1];
            Vector256<float> x = Vector256.Create(panel[0]);
            a0 = Vector256.MultiplyAddEstimate(w0, x, a0);
            a1 = Vector256.MultiplyAddEstimate(w1, x, a1);
            x = Vector256.Create(panel[1]);
            b0 = Vector256.MultiplyAddEstimate(w0, x, b0);
            b1 = Vector256.MultiplyAddEstimate(w1, x, b1);
            x = Vector256.Create(panel[2]);
            c0 = Vector256.MultiplyAddEstimate(w0, x, c0);
            c1 = Vector256.MultiplyAddEstimate(w1, x, c1);
            x = Vector256.Create(panel[3]);
            d0 = Vector256.MultiplyAddEstimate(w0, x, d0);
            d1 = Vector256.MultiplyAddEstimate(w1, x, d1);
            panel = panel.Length > Panel.Lanes ? panel[Panel.Lanes..] : panel;
        }

        Store(output, a0, a1);
        if (count > 1)
        {
            Store(output[stride..], b0, b1);
        }

        if (count > 2)
        {
            Store(output[(2 * stride)..], c0, c1);
        }

        if (count > 3)
        {
            Store(output[(3 * stride)..], d0, d1);
        }
    }

    private static void Store(Span<float> output, Vector256<float> v0, Vector256<float> v1)
    {
        Span<Vector256<float>> to = MemoryMarshal.Cast<float, Vector256<float>>(output[..Narrow]);
        (to[0], to[1]) = (v0, v1);
    }

    private static void ApplyOne(ReadOnlySpan<float> panel, ReadOnlySpan<float> column, float bias, int count, Span<float> output, int stride)
    {
        for (int v = 0; v < count; v++)
        {
            float sum = bias;
            for (int i = 0; i < column.Length; i++)
            {
                sum = float.MultiplyAddEstimate(column[i], panel[(i * Panel.Lanes) + v], sum);
            }

            output[v * stride] = sum;
        }
    }
}
