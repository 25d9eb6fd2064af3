using System.Numerics;
using System.Runtime.Intrinsics;

namespace Codecs.Formats.Media;

/// <summary>
/// The filter of a <see cref="Resampler"/>: a sinc under a Kaiser window, as a table with one row of taps for each position of an output sample between
/// two input samples.
/// </summary>
/// <remarks>
/// With the lower of the two Nyquist frequencies as 1, the pass band ends at 0.95 and the stop band, 120 dB down, begins at 1. Window, length and beta
/// follow J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function" (1974). Ratios of large coprime numbers would need a
/// huge table; they share one of fewer rows and mix the two nearest, whose error stays below the stop band.
/// </remarks>
internal sealed class ResamplerKernel
{
    private const double PassBand = 0.95;
    private const double StopBandDecibel = 120;
    private const int MaxTableSamples = 1 << 21;
    private const int RowsForMixing = 4096;

    private static ResamplerKernel? s_last;

    private readonly float[] _table;
    private readonly int _rows;
    private readonly bool _exact;

    private ResamplerKernel(int up, int down)
    {
        Up = up;
        Down = down;
        double bandwidth = Math.Min(1.0, (double)up / down);
        // Equal rates need no filter: at 1 the sinc is 0 at every sample but its own.
        double cutoff = up == down ? 1 : bandwidth * (1 + PassBand) / 2;
        double transition = bandwidth * (1 - PassBand) * Math.PI;
        double half = up == down ? 1 : (StopBandDecibel - 7.95) / (2.285 * transition) / 2;
        // Whole vectors.
        Half = ((int)Math.Ceiling(half) + 7) / 8 * 8;
        _exact = (long)up * 2 * Half <= MaxTableSamples;
        _rows = _exact ? up : Math.Max(1, (int)(RowsForMixing * bandwidth));
        _table = new float[(_rows + 1) * 2 * Half];
        for (int row = 0; row <= _rows; row++)
        {
            Fill(_table.AsSpan(row * 2 * Half, 2 * Half), (double)row / _rows, cutoff);
        }
    }

    /// <summary>Output samples for every <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    /// <summary>Input samples for every <see cref="Up"/> output samples.</summary>
    public int Down { get; }

    /// <summary>Input samples that an output sample needs on either side; a multiple of 8.</summary>
    public int Half { get; }

    /// <summary>The kernel of a ratio; programs use one pair of rates at a time, so the last one is kept.</summary>
    public static ResamplerKernel For(int inputRate, int outputRate)
    {
        int divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        (int up, int down) = (outputRate / divisor, inputRate / divisor);
        ResamplerKernel? last = Volatile.Read(ref s_last);
        if (last is null || last.Up != up || last.Down != down)
        {
            last = new ResamplerKernel(up, down);
            Volatile.Write(ref s_last, last);
        }

        return last;
    }

    /// <summary>The output sample at <paramref name="phase"/> / <see cref="Up"/> after the middle of the window.</summary>
    /// <param name="window">2 x <see cref="Half"/> input samples; the middle is the one at index <see cref="Half"/> - 1.</param>
    /// <param name="phase">0 to <see cref="Up"/> - 1.</param>
    public float Apply(ReadOnlySpan<float> window, int phase)
    {
        if (_exact)
        {
            return Dot(window, Row(phase));
        }

        double position = (double)phase * _rows / Up;
        int row = (int)position;
        float mix = (float)(position - row);
        return ((1 - mix) * Dot(window, Row(row))) + (mix * Dot(window, Row(row + 1)));
    }

    /// <summary>
    /// The inner product of two spans of one length, a multiple of 16. Two vectors of eight lanes run along the taps; their order of summation is fixed and
    /// nothing is fused, so that every machine gets the same bits.
    /// </summary>
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> even = Vector256<float>.Zero;
        Vector256<float> odd = Vector256<float>.Zero;
        for (; a.Length >= 16 && b.Length >= 16; a = a[16..], b = b[16..])
        {
            even += Vector256.Create(a) * Vector256.Create(b);
            odd += Vector256.Create(a[8..]) * Vector256.Create(b[8..]);
        }

        Vector256<float> sum = even + odd;
        Vector128<float> four = sum.GetLower() + sum.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private ReadOnlySpan<float> Row(int index) => _table.AsSpan(index * 2 * Half, 2 * Half);

    /// <summary>One row: the sinc under its window, sampled around an output sample that lies <paramref name="shift"/> (0..1) after the middle.</summary>
    private void Fill(Span<float> row, double shift, double cutoff)
    {
        double beta = 0.1102 * (StopBandDecibel - 8.7);
        double[] taps = new double[row.Length];
        double sum = 0;
        for (int j = 0; j < taps.Length; j++)
        {
            double x = j - (Half - 1) - shift;
            double inside = 1 - (x / Half * (x / Half));
            double sinc = x == 0 ? 1 : Math.Sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
            taps[j] = inside > 0 ? sinc * BesselI0(beta * Math.Sqrt(inside)) : 0;
            sum += taps[j];
        }

        // A constant stays the same constant at every phase.
        for (int j = 0; j < taps.Length; j++)
        {
            row[j] = (float)(taps[j] / sum);
        }
    }

    /// <summary>The modified Bessel function of order 0, by its power series.</summary>
    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
