using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>A dense filter over time, or a plain matrix, with the same bits on every machine.</summary>
/// <remarks>
/// Every output is bias + Σ weight · input, summed in the order of inputs and taps, each product and each sum rounded to float32: no fused operations, and lanes
/// of a register are frames, so its width changes nothing. Four outputs of 16 frames are done at once.
/// </remarks>
internal sealed class FrameMatrix
{
    private const int Group = 4;
    private readonly float[] _weights; // [groups of outputs][inputs][taps][4]
    private readonly float[] _bias;
    private readonly int _inputs;
    private readonly int _taps;

    /// <param name="weight">[outputs, inputs, taps].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="taps">Frames under the filter, odd.</param>
    internal FrameMatrix(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int taps = 1)
    {
        (Outputs, _taps) = (bias.Length, taps);
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
                Apply(
                    input.Values.AsSpan(t), starts, _weights.AsSpan(o * terms, terms * Group), _bias.AsSpan(o, Group), output.Values.AsSpan(output.Start(o) + t),
                    output.Stride, Math.Min(Group, Outputs - o));
            }
        }

        return output;
    }

    // Eight sums of 8 frames, two inputs and a weight fit AVX2's 16 registers. Registers of 512 bits were slower here.
    private static void Apply(
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> output, int stride, int rows)
    {
        Vector256<float> a0 = Vector256.Create(bias[0]), a1 = Vector256.Create(bias[1]), a2 = Vector256.Create(bias[2]), a3 = Vector256.Create(bias[3]);
        Vector256<float> b0 = a0, b1 = a1, b2 = a2, b3 = a3;
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<float> from = x.Slice(starts[i], FrameMap.Block), w = weights.Slice(i * Group, Group);
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
