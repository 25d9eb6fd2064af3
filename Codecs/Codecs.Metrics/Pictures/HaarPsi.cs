namespace Codecs.Metrics.Pictures;

/// <summary>Haar wavelet-based perceptual similarity index of 8-bit pictures.</summary>
/// <remarks>
/// R. Reisenhofer, S. Bosse, G. Kutyniok, T. Wiegand, "A Haar wavelet-based perceptual similarity index for image quality assessment", Signal
/// Processing: Image Communication 61 (2018), the colour form with C = 30 and alpha = 4.2: YIQ, 2x2 means, the two finer of three scales give
/// similarities and the third their weights. Borders as in the authors' program: what lies outside of the picture counts as 0. Two
/// black pictures, which have no weight anywhere, are equal.
/// </remarks>
public static class HaarPsi
{
    private const double C = 30, Alpha = 4.2;
    private const int FinestSize = 2, MiddleSize = 4, WeightSize = 8;
    private static readonly ColorWeights s_i = new(0.596f, -0.274f, -0.322f);
    private static readonly ColorWeights s_q = new(0.211f, -0.523f, 0.312f);

    /// <summary>The similarity of two pictures.</summary>
    /// <param name="a">Samples, uint8 [height, width, 3], RGB.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>0..1; 1 when the pictures are equal.</returns>
    /// <exception cref="ArgumentException">A dimension is below 1 or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        PicturePair.Check(a, b, width, height);
        Components first = Components.Of(a, width, height);
        Components second = Components.Of(b, width, height);
        double weighted = 0;
        double total = 0;
        for (int y = 0; y < first.Height; y++)
        {
            for (int x = 0; x < first.Width; x++)
            {
                (double h1, double v1) = first.Edge(x, y, FinestSize);
                (double h2, double v2) = second.Edge(x, y, FinestSize);
                (double h3, double v3) = first.Edge(x, y, MiddleSize);
                (double h4, double v4) = second.Edge(x, y, MiddleSize);
                (double h5, double v5) = first.Edge(x, y, WeightSize);
                (double h6, double v6) = second.Edge(x, y, WeightSize);
                double h = (Gradient.Similarity(h1, h2, C) + Gradient.Similarity(h3, h4, C)) / 2;
                double v = (Gradient.Similarity(v1, v2, C) + Gradient.Similarity(v3, v4, C)) / 2;
                double color = (Gradient.Similarity(Mean(first.I, x, y), Mean(second.I, x, y), C)
                    + Gradient.Similarity(Mean(first.Q, x, y), Mean(second.Q, x, y), C)) / 2;
                double ofH = Math.Max(h5, h6);
                double ofV = Math.Max(v5, v6);
                weighted += (ofH * Logistic(h)) + (ofV * Logistic(v)) + ((ofH + ofV) / 2 * Logistic(color));
                total += 1.5 * (ofH + ofV);
            }
        }

        if (total == 0)
        {
            return 1;
        }

        double score = weighted / total;
        double similarity = Math.Log(score / (1 - score)) / Alpha;
        return Math.Min(1, similarity * similarity);
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-Alpha * value));

    /// <summary>Magnitude of the mean over 2x2.</summary>
    private static double Mean(BoxSums component, int x, int y) => Math.Abs(component.Sum(x, y, x + 2, y + 2)) / 4;

    /// <summary>A picture in YIQ at half its size, ready for the filters.</summary>
    private sealed record Components(int Width, int Height, BoxSums Y, BoxSums I, BoxSums Q)
    {
        public static Components Of(ReadOnlySpan<byte> rgb, int width, int height)
        {
            Plane luma = Plane.Mix(rgb, width, height, factor: 2, ColorWeights.Luma);
            return new Components(
                luma.Width, luma.Height, new BoxSums(luma),
                new BoxSums(Plane.Mix(rgb, width, height, factor: 2, s_i)), new BoxSums(Plane.Mix(rgb, width, height, factor: 2, s_q)));
        }

        /// <summary>Magnitudes of the Haar filters of a size, one half of the square less the other, over the size.</summary>
        public (double Horizontal, double Vertical) Edge(int x, int y, int size)
        {
            int half = size / 2;
            (int left, int top) = (x - half + 1, y - half + 1);
            (int right, int bottom) = (left + size, top + size);
            double all = Y.Sum(left, top, right, bottom);
            return (
                Math.Abs(all - (2 * Y.Sum(left, top, right, top + half))) / size,
                Math.Abs(all - (2 * Y.Sum(left, top, left + half, bottom))) / size);
        }
    }
}
