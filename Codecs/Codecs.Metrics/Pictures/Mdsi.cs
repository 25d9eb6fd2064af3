namespace Codecs.Metrics.Pictures;

/// <summary>Mean deviation similarity index of 8-bit pictures: edges and colours in one map, pooled by its mean deviation.</summary>
/// <remarks>
/// H. Ziaei Nafchi, A. Shahkolaei, R. Hedjam, M. Cheriet, "Mean deviation similarity index: efficient and reliable full-reference image quality
/// evaluator", IEEE Access 4 (2016), with the constants of its section III and the sum of the two similarities. The picture is reduced first by
/// a box of its shorter side / 256, rounded, as by the authors' program.
/// </remarks>
public static class Mdsi
{
    private const double C1 = 140, C2 = 55, C3 = 550, Alpha = 0.6;
    private const int ViewedSide = 256;
    private static readonly ColorWeights s_luminance = new(0.2989f, 0.587f, 0.114f);
    private static readonly ColorWeights s_h = new(0.3f, 0.04f, -0.35f);
    private static readonly ColorWeights s_m = new(0.34f, -0.6f, 0.17f);

    /// <summary>The deviation of two pictures.</summary>
    /// <param name="a">The original, uint8 [height, width, 3], RGB.</param>
    /// <param name="b">The other picture, of the same shape. The index is not symmetric.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>0 or more, hardly above 0.7; lower is better, 0 for equal pictures.</returns>
    /// <exception cref="ArgumentException">A dimension is below 1 or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        PicturePair.Check(a, b, width, height);
        int factor = Math.Max(1, (int)Math.Round(Math.Min(width, height) / (double)ViewedSide, MidpointRounding.AwayFromZero));
        double[] edges = Edges(Plane.Mix(a, width, height, factor, s_luminance), Plane.Mix(b, width, height, factor, s_luminance));
        double[] colors = Colors(
            Plane.Mix(a, width, height, factor, s_h), Plane.Mix(a, width, height, factor, s_m),
            Plane.Mix(b, width, height, factor, s_h), Plane.Mix(b, width, height, factor, s_m));
        return Pool(edges, colors);
    }

    /// <summary>Similarity of the gradients, corrected by that of either with the gradient of the mean picture (equation 6).</summary>
    private static double[] Edges(Plane a, Plane b)
    {
        float[] mean = new float[a.Samples.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = (a.Samples[i] + b.Samples[i]) / 2;
        }

        float[] ofA = Gradient.Magnitude(a);
        float[] ofB = Gradient.Magnitude(b);
        float[] ofMean = Gradient.Magnitude(a with { Samples = mean });
        double[] similarity = new double[mean.Length];
        for (int i = 0; i < similarity.Length; i++)
        {
            similarity[i] = Gradient.Similarity(ofA[i], ofB[i], C1)
                + Gradient.Similarity(ofB[i], ofMean[i], C2) - Gradient.Similarity(ofA[i], ofMean[i], C2);
        }

        return similarity;
    }

    /// <summary>Similarity of the two colour components taken together (equation 8).</summary>
    private static double[] Colors(Plane hA, Plane mA, Plane hB, Plane mB)
    {
        double[] similarity = new double[hA.Samples.Length];
        for (int i = 0; i < similarity.Length; i++)
        {
            (double p, double q, double r, double s) = (hA.Samples[i], mA.Samples[i], hB.Samples[i], mB.Samples[i]);
            similarity[i] = ((2 * ((p * r) + (q * s))) + C3) / ((p * p) + (q * q) + (r * r) + (s * s) + C3);
        }

        return similarity;
    }

    /// <summary>The fourth root of the mean distance of the map's fourth roots from their mean; roots of negative values are complex.</summary>
    private static double Pool(double[] edges, double[] colors)
    {
        double[] real = edges;
        double[] imaginary = colors;
        double realSum = 0;
        double imaginarySum = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            double value = (Alpha * edges[i]) + ((1 - Alpha) * colors[i]);
            double root = Math.Sqrt(Math.Sqrt(Math.Abs(value)));

            // The root of -1 that lies at 45 degrees.
            (real[i], imaginary[i]) = value >= 0 ? (root, 0) : (root * Math.Sqrt(0.5), root * Math.Sqrt(0.5));
            realSum += real[i];
            imaginarySum += imaginary[i];
        }

        (double realMean, double imaginaryMean) = (realSum / real.Length, imaginarySum / real.Length);
        double deviation = 0;
        for (int i = 0; i < real.Length; i++)
        {
            deviation += Math.Sqrt(((real[i] - realMean) * (real[i] - realMean)) + ((imaginary[i] - imaginaryMean) * (imaginary[i] - imaginaryMean)));
        }

        return Math.Sqrt(Math.Sqrt(deviation / real.Length));
    }
}
