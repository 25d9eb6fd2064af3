using System.Numerics;
using System.Runtime.InteropServices;
using Codecs.Models.Layers;

namespace Codecs.Models.Wavelets;

/// <summary>The full wavelet packet transform of 16 signals at once, one in each lane of a panel, in place.</summary>
/// <remarks>
/// <para>Coefficients stay where lifting makes them: after J levels row 2^J q + p holds position q of the band whose first (finest) split is bit 0 of p,
/// the second bit 1, ... (0 low, 1 high). The scale that <see cref="Cdf97"/> gives a band is left to the caller: <see cref="Scales"/>.</para>
/// <para>A level is one pass: each pair of samples goes through all four lifting steps while its neighbours are in registers. The inverse is the
/// same pass from the other end: reversed, evens are odds, the last step is the first and its factor negative.</para>
/// </remarks>
internal static class PacketLanes
{
    /// <summary>Positions before and after one that its coefficients, or its samples in synthesis, depend on, for any number of levels.</summary>
    /// <remarks>
    /// A low coefficient reaches 4 samples to each side, a high one 3; over J levels a coefficient of position q sees at most the samples from
    /// 2^J q - 4 (2^J - 1) to 2^J q + 4 (2^J - 1), and a sample of position q hears of the same positions.
    /// </remarks>
    internal const int Before = 4, After = 3;

    private static readonly int s_parts = Panel.Lanes / Vector<float>.Count;

    /// <summary>Analysis.</summary>
    /// <param name="rows">Panel rows: samples, then coefficients without their scale; a multiple of 2^levels of them.</param>
    /// <param name="levels">Levels.</param>
    internal static void Analyze(Span<float> rows, int levels)
    {
        int count = rows.Length / Panel.Lanes;
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(rows);
        for (int stride = 1; stride < 1 << levels; stride *= 2)
        {
            for (int first = 0; first < stride; first++)
            {
                Lift(x, first, stride, count / (2 * stride), Cdf97.Alpha, Cdf97.Beta, Cdf97.Gamma, Cdf97.Delta);
            }
        }
    }

    /// <summary>Synthesis.</summary>
    /// <param name="rows">Panel rows: coefficients without their scale, then samples.</param>
    /// <param name="levels">Levels.</param>
    internal static void Synthesize(Span<float> rows, int levels)
    {
        int count = rows.Length / Panel.Lanes;
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(rows);
        for (int stride = 1 << (levels - 1); stride > 0; stride /= 2)
        {
            for (int last = count - stride; last < count; last++)
            {
                Lift(x, last, -stride, count / (2 * stride), -Cdf97.Delta, -Cdf97.Gamma, -Cdf97.Beta, -Cdf97.Alpha);
            }
        }
    }

    /// <summary>The scale of each band p (bits as in the rows): coefficient = scale · row.</summary>
    internal static float[] Scales(int levels)
    {
        float[] scales = new float[1 << levels];
        for (int p = 0; p < scales.Length; p++)
        {
            int highs = BitOperations.PopCount((uint)p);
            scales[p] = MathF.Pow(Cdf97.LowScale, levels - highs) * MathF.Pow(Cdf97.HighScale, highs);
        }

        return scales;
    }

    // Pairs (even, odd) k = 0, 1, ...; capital letters are done: O = odd + a (even[k] + even[k+1]); E = even + b (O[k-1] + O[k]);
    // then O += c (E[k] + E[k+1]); then E += d (O[k-1] + O[k]). Beyond the ends the neighbour is the mirrored one, the other neighbour.
    private static void Lift(Span<Vector<float>> x, int first, int stride, int pairs, float a, float b, float c, float d)
    {
        int step = stride * s_parts, pair = 2 * step;
        Vector<float> va = new(a), vb = new(b), vc = new(c), vd = new(d);
        for (int part = 0; part < s_parts; part++)
        {
            int at = (first * s_parts) + part;
            Vector<float> even = x[at], oddBefore = default, evenBefore = default, oddDone = default;
            for (int k = 0; k < pairs; k++, at += pair)
            {
                Vector<float> evenNext = k < pairs - 1 ? x[at + pair] : even;
                Vector<float> odd = Vector.MultiplyAddEstimate(even + evenNext, va, x[at + step]);
                even = Vector.MultiplyAddEstimate(odd + (k > 0 ? oddBefore : odd), vb, even);
                if (k > 0)
                {
                    Vector<float> done = Vector.MultiplyAddEstimate(evenBefore + even, vc, oddBefore);
                    x[at - step] = done;
                    x[at - pair] = Vector.MultiplyAddEstimate(done + (k > 1 ? oddDone : done), vd, evenBefore);
                    oddDone = done;
                }

                (oddBefore, evenBefore, even) = (odd, even, evenNext);
            }

            Vector<float> last = Vector.MultiplyAddEstimate(evenBefore + evenBefore, vc, oddBefore);
            x[at - step] = last;
            x[at - pair] = Vector.MultiplyAddEstimate(last + (pairs > 1 ? oddDone : last), vd, evenBefore);
        }
    }
}
