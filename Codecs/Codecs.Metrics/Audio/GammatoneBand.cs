using System.Numerics;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>One channel of an auditory filter bank: a gammatone filter of fourth order as four recursive sections.</summary>
/// <remarks>
/// M. Slaney, "An efficient implementation of the Patterson-Holdsworth auditory filter bank", Apple technical report 35, 1993: four sections with one
/// pole pair, each with another zero; bandwidth 1.019 ERB of B. Glasberg and B. Moore (f / 9.26449 + 24.7 Hz); gain 1 at the centre.
/// </remarks>
internal sealed class GammatoneBand
{
    private const double EarQ = 9.26449;
    private const double MinBandwidthHz = 24.7;

    // Section i: y[n] = gain (x[n] + zero x[n-1]) - pole1 y[n-1] - pole2 y[n-2]; the gain is taken by the first.
    private readonly double[] _zeros = new double[4];
    private readonly double _pole1;
    private readonly double _pole2;
    private readonly double _gain;

    public GammatoneBand(double centerHz, int sampleRateHz)
    {
        double angle = 2 * Math.PI * centerHz / sampleRateHz;
        double decay = Math.Exp(-2 * Math.PI * 1.019 * ((centerHz / EarQ) + MinBandwidthHz) / sampleRateHz);
        _pole1 = -2 * Math.Cos(angle) * decay;
        _pole2 = decay * decay;
        Complex delay = Complex.FromPolarCoordinates(1, -angle);
        Complex response = 1;
        for (int i = 0; i < _zeros.Length; i++)
        {
            double sign = i % 2 == 0 ? 1 : -1;
            double root = Math.Sqrt(3 + (i < 2 ? Math.Pow(2, 1.5) : -Math.Pow(2, 1.5)));
            _zeros[i] = -decay * (Math.Cos(angle) + (sign * root * Math.Sin(angle)));
            response *= (1 + (_zeros[i] * delay)) / (1 + (_pole1 * delay) + (_pole2 * delay * delay));
        }

        _gain = 1 / response.Magnitude;
    }

    /// <summary>Centre frequencies, rising, equally spaced on the ERB scale from <paramref name="lowHz"/> to just below <paramref name="highHz"/>.</summary>
    public static double[] Centers(double lowHz, double highHz, int count)
    {
        const double Offset = EarQ * MinBandwidthHz;
        double[] centers = new double[count];
        double ratio = (lowHz + Offset) / (highHz + Offset);
        for (int i = 0; i < count; i++)
        {
            centers[i] = ((highHz + Offset) * Math.Pow(ratio, (double)(count - i) / count)) - Offset;
        }

        return centers;
    }

    /// <summary>Root mean square of the output for four inputs at once, each in its lane, starting at rest.</summary>
    public Lane RootMeanSquare(ReadOnlySpan<Lane> input)
    {
        Lane z0 = Vector256.Create(_zeros[0]), z1 = Vector256.Create(_zeros[1]), z2 = Vector256.Create(_zeros[2]), z3 = Vector256.Create(_zeros[3]);
        Lane p1 = Vector256.Create(_pole1), p2 = Vector256.Create(_pole2), gain = Vector256.Create(_gain);
        Lane a0 = Lane.Zero, a1 = Lane.Zero, b0 = Lane.Zero, b1 = Lane.Zero, c0 = Lane.Zero, c1 = Lane.Zero, d0 = Lane.Zero, d1 = Lane.Zero;
        Lane squares = Lane.Zero;
        for (int n = 0; n < input.Length; n++)
        {
            Lane value = Section(input[n] * gain, z0, p1, p2, ref a0, ref a1);
            value = Section(value, z1, p1, p2, ref b0, ref b1);
            value = Section(value, z2, p1, p2, ref c0, ref c1);
            value = Section(value, z3, p1, p2, ref d0, ref d1);
            squares += value * value;
        }

        return Vector256.Sqrt(squares / input.Length);
    }

    private static Lane Section(Lane x, Lane zero, Lane pole1, Lane pole2, ref Lane state0, ref Lane state1)
    {
        Lane y = x + state0;
        state0 = (zero * x) + state1 - (pole1 * y);
        state1 = -pole2 * y;
        return y;
    }
}
