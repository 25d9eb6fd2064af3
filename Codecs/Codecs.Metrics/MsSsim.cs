using Codecs.Metrics.Pictures;

namespace Codecs.Metrics;

/// <summary>Multi-scale structural similarity of 8-bit pictures.</summary>
/// <remarks>
/// Z. Wang, E. Simoncelli, A. Bovik, "Multi-scale structural similarity for image quality assessment", Asilomar 2003: 11-tap Gaussian of
/// standard deviation 1.5 without padding, K1 = 0.01, K2 = 0.03, five scales by 2x2 averaging (an odd last row or column is repeated), exponents
/// of the paper's section 3.2. Convention of learned compression: each channel (R, G, B) is measured alone, negative contrast terms count as 0,
/// and the channels' results are averaged. Small pictures: a scale is left out when its shorter side would be below 11, and the remaining
/// exponents are scaled to the sum 1; if even the picture itself is that small, the window shrinks to its side.
/// </remarks>
public static class MsSsim
{
    private const int MaxScales = 5;

    private static ReadOnlySpan<double> Exponents => [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>The similarity of two pictures.</summary>
    /// <param name="a">Samples, uint8 [height, width, channels], without alpha.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">Interleaved channels: 1 for a plane, 3 for RGB.</param>
    /// <returns>0..1; 1 when the pictures are equal.</returns>
    /// <exception cref="ArgumentException">A dimension is below 1 or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int channels)
    {
        PicturePair.Check(a, b, width, height, channels);
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            sum += Channel(new PlaneReader(a[c..], width, height, channels), new PlaneReader(b[c..], width, height, channels));
        }

        return sum / channels;
    }

    /// <summary>The logarithmic form used in plots: -10 log10(1 - similarity).</summary>
    /// <param name="similarity">A result of <see cref="Compute"/>.</param>
    /// <returns>Decibels; positive infinity for 1.</returns>
    public static double ToDecibels(double similarity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(similarity, 1);
        return similarity == 1 ? double.PositiveInfinity : -10 * Math.Log10(1 - similarity);
    }

    /// <summary>Number of scales used for a picture of this size, 1..5.</summary>
    internal static int Scales(int width, int height)
    {
        int scales = 1;
        for (int side = (Math.Min(width, height) + 1) / 2; scales < MaxScales && side >= SsimScale.Taps; side = (side + 1) / 2)
        {
            scales++;
        }

        return scales;
    }

    private static double Channel(PlaneReader a, PlaneReader b)
    {
        int scales = Scales(a.Width, a.Height);
        double exponentSum = 0;
        for (int s = 0; s < scales; s++)
        {
            exponentSum += Exponents[s];
        }

        double product = 1;
        for (int s = 0; s < scales; s++)
        {
            (double ssim, double contrast) = SsimScale.Measure(a, b);
            // Luminance counts at the coarsest scale only.
            double term = Math.Max(0, s == scales - 1 ? ssim : contrast);
            product *= Math.Pow(term, Exponents[s] / exponentSum);
            if (s < scales - 1)
            {
                a = a.Halve();
                b = b.Halve();
            }
        }

        return product;
    }
}
