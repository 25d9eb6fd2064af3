namespace Codecs.Metrics.Audio;

/// <summary>Whole-signal resampling by a rational factor p/q.</summary>
/// <remarks>
/// The filter MATLAB's resample designs by default, because STOI was defined with it: an ideal low-pass at the lower of the two Nyquist
/// frequencies, cut to ten zero crossings on each side by a Kaiser window of beta 5, gain p at zero frequency, delay removed.
/// </remarks>
internal static class Resampler
{
    private const int Crossings = 10;
    private const double Beta = 5;

    /// <returns>ceil(length * to / from) samples.</returns>
    public static double[] Convert(ReadOnlySpan<float> samples, int fromHz, int toHz)
    {
        int common = GreatestCommonDivisor(fromHz, toHz);
        int p = toHz / common;
        int q = fromHz / common;
        double[] filter = p == 1 && q == 1 ? [1] : Design(p, q);
        int half = filter.Length / 2;
        double[] resampled = new double[(int)(((samples.Length * (long)p) + q - 1) / q)];
        for (int n = 0; n < resampled.Length; n++)
        {
            // Output n stands at n * q on the grid of p * from; input i at i * p. Taps are those inputs under the filter.
            long center = (long)n * q;
            int first = (int)Math.Max(0, (center - half + p - 1) / p);
            int last = (int)Math.Min(samples.Length - 1, (center + half) / p);
            int tap = (int)((first * (long)p) - center) + half;
            double sum = 0;
            for (int i = first; i <= last; i++, tap += p)
            {
                sum += samples[i] * filter[tap];
            }

            resampled[n] = sum;
        }

        return resampled;
    }

    private static double[] Design(int p, int q)
    {
        int wider = Math.Max(p, q);
        int half = Crossings * wider;
        double[] filter = new double[(2 * half) + 1];
        double total = 0;
        for (int i = 0; i < filter.Length; i++)
        {
            double t = (double)(i - half) / wider;
            double position = (double)(i - half) / half;
            double sinc = i == half ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t);
            filter[i] = sinc * Bessel0(Beta * Math.Sqrt(Math.Max(0, 1 - (position * position))));
            total += filter[i];
        }

        for (int i = 0; i < filter.Length; i++)
        {
            filter[i] *= p / total;
        }

        return filter;
    }

    /// <summary>Modified Bessel function of order 0 by its power series; arguments up to beta.</summary>
    private static double Bessel0(double x)
    {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
