using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>A dense filter over time, or a plain matrix, with the same bits on every machine.</summary>
/// <remarks>
/// Every output is bias + Σ weight · input, summed in the order of inputs and taps, each product and each sum rounded to float32: no fused operations, and lanes
/// of a register are frames, so its width changes nothing. Eight outputs are done at once.
/// </remarks>
internal sealed class FrameMatrix
{
    private const int Group = 8;
    private readonly float[] _weights; // [groups of outputs][inputs][taps][8]
    private readonly float[] _bias;
    private readonly int _inputs;
    private readonly int _taps;
    private readonly bool _wide;

    /// <param name="weight">[outputs, inputs, taps].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="taps">Frames under the filter, odd.</param>
    /// <param name="wide">Registers of 512 bits; null for what the processor likes. Tests choose.</param>
    internal FrameMatrix(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int taps = 1, bool? wide = null)
    {
        (Outputs, _taps, _wide) = (bias.Length, taps, wide ?? Vector512.IsHardwareAccelerated);
        _inputs = weight.Length / bias.Length / taps;
        int groups = (Outputs + Group - 1) / Group, terms = _inputs * taps;
        _weights = new float[groups * terms * Group];
        _bias = new float[groups * Group];
        bias.CopyTo(_bias);
        for (int o = 0; o < Outputs; o++)
        {
            for (int i = 0; i < terms; i++)
            {
                _weights[(((o / Group * terms) + i) * Group) + (o % Group)] = weight[(o * terms) + i];
            }
        }
    }

    internal int Outputs { get; }

    /// <summary>Takes weight and bias from a file.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal static FrameMatrix Load(SafetensorsFile file, string prefix, int inputs, int outputs, int taps = 1, bool hasBias = true) => new(
        WeightLoader.Floats(file, prefix + "weight", inputs * outputs * taps), hasBias ? WeightLoader.Floats(file, prefix + "bias", outputs) : new float[outputs], taps);

    /// <summary>Applies it to all frames.</summary>
    /// <param name="input">Its rows; zeros behind the last frame when there is more than one tap.</param>
    /// <returns>A map of <see cref="Outputs"/> rows; what lies behind the last frame means nothing.</returns>
    internal FrameMap Apply(FrameMap input)
    {
        int terms = _inputs * _taps;
        var output = new FrameMap(Outputs, input.Frames);
        int[] starts = new int[terms];
        for (int i = 0; i < terms; i++)
        {
            starts[i] = input.Start(i / _taps) + (i % _taps) - (_taps / 2);
        }

        for (int t = 0; t < input.Padded; t += FrameMap.Block)
        {
            for (int o = 0; o < Outputs; o += Group)
            {
                ReadOnlySpan<float> weights = _weights.AsSpan(o * terms, terms * Group), bias = _bias.AsSpan(o, Group);
                int rows = Math.Min(Group, Outputs - o);
                Span<float> to = output.Values.AsSpan(output.Start(o) + t);
                if (_wide)
                {
                    Wide(input.Values.AsSpan(t), starts, weights, bias, to, output.Stride, rows);
                }
                else
                {
                    for (int half = 0; half < rows; half += Group / 2)
                    {
                        for (int part = 0; part < FrameMap.Block; part += 16)
                        {
                            Narrow(
                                input.Values.AsSpan(t + part), starts, weights[half..], bias[half..], to[((half * output.Stride) + part)..], output.Stride,
                                Math.Min(Group / 2, rows - half));
                        }
                    }
                }
            }
        }

        return output;
    }

    // 16 sums of 16 frames, two inputs and one weight.
    private static void Wide(
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> output, int stride, int rows)
    {
        Vector512<float> a0 = Vector512.Create(bias[0]), a1 = Vector512.Create(bias[1]), a2 = Vector512.Create(bias[2]), a3 = Vector512.Create(bias[3]);
        Vector512<float> a4 = Vector512.Create(bias[4]), a5 = Vector512.Create(bias[5]), a6 = Vector512.Create(bias[6]), a7 = Vector512.Create(bias[7]);
        Vector512<float> b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4, b5 = a5, b6 = a6, b7 = a7;
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<float> from = x.Slice(starts[i], 32), w = weights.Slice(i * Group, Group);
            Vector512<float> u = Vector512.Create(from), v = Vector512.Create(from[16..]);
            Vector512<float> m = Vector512.Create(w[0]);
            a0 += m * u;
            b0 += m * v;
            m = Vector512.Create(w[1]);
            a1 += m * u;
            b1 += m * v;
            m = Vector512.Create(w[2]);
            a2 += m * u;
            b2 += m * v;
            m = Vector512.Create(w[3]);
            a3 += m * u;
            b3 += m * v;
            m = Vector512.Create(w[4]);
            a4 += m * u;
            b4 += m * v;
            m = Vector512.Create(w[5]);
            a5 += m * u;
            b5 += m * v;
            m = Vector512.Create(w[6]);
            a6 += m * u;
            b6 += m * v;
            m = Vector512.Create(w[7]);
            a7 += m * u;
            b7 += m * v;
        }

        Store(output, 0, stride, rows, a0, b0);
        Store(output, 1, stride, rows, a1, b1);
        Store(output, 2, stride, rows, a2, b2);
        Store(output, 3, stride, rows, a3, b3);
        Store(output, 4, stride, rows, a4, b4);
        Store(output, 5, stride, rows, a5, b5);
        Store(output, 6, stride, rows, a6, b6);
        Store(output, 7, stride, rows, a7, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<float> output, int row, int stride, int rows, Vector512<float> a, Vector512<float> b)
    {
        if (row < rows)
        {
            a.CopyTo(output[(row * stride)..]);
            b.CopyTo(output[((row * stride) + 16)..]);
        }
    }

    // The same for registers of 256 bits: 8 sums of 8 frames, so that all fits AVX2's 16 registers.
    private static void Narrow(
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> output, int stride, int rows)
    {
        Vector256<float> a0 = Vector256.Create(bias[0]), a1 = Vector256.Create(bias[1]), a2 = Vector256.Create(bias[2]), a3 = Vector256.Create(bias[3]);
        Vector256<float> b0 = a0, b1 = a1, b2 = a2, b3 = a3;
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<float> from = x.Slice(starts[i], 16), w = weights.Slice(i * Group, Group / 2);
            Vector256<float> u = Vector256.Create(from), v = Vector256.Create(from[8..]);
            Vector256<float> m = Vector256.Create(w[0]);
            a0 += m * u;
            b0 += m * v;
            m = Vector256.Create(w[1]);
            a1 += m * u;
            b1 += m * v;
            m = Vector256.Create(w[2]);
            a2 += m * u;
            b2 += m * v;
            m = Vector256.Create(w[3]);
            a3 += m * u;
            b3 += m * v;
        }

        Store(output, 0, stride, rows, a0, b0);
        Store(output, 1, stride, rows, a1, b1);
        Store(output, 2, stride, rows, a2, b2);
        Store(output, 3, stride, rows, a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<float> output, int row, int stride, int rows, Vector256<float> a, Vector256<float> b)
    {
        if (row < rows)
        {
            a.CopyTo(output[(row * stride)..]);
            b.CopyTo(output[((row * stride) + 8)..]);
        }
    }
}
