namespace Codecs.Metrics.Pictures;

/// <summary>Gradient magnitude similarity deviation of 8-bit pictures: how unevenly edges were damaged.</summary>
/// <remarks>
/// W. Xue, L. Zhang, X. Mou, A. Bovik, "Gradient magnitude similarity deviation: a highly efficient perceptual image quality index", IEEE
/// Trans. Image Processing 23 (2014): BT.601 luma, 2x2 means, Prewitt gradients, constant 170, standard deviation over all places. An odd last
/// row or column is averaged with zeros, as by the authors' program.
/// </remarks>
public static class Gmsd
{
    private const double C = 170;

    /// <summary>The deviation of two pictures.</summary>
    /// <param name="a">The original, uint8 [height, width, 3], RGB.</param>
    /// <param name="b">The other picture, of the same shape.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>0 or more, hardly above 0.4; lower is better, 0 for equal pictures.</returns>
    /// <exception cref="ArgumentException">A dimension is below 1 or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        PicturePair.Check(a, b, width, height);
        float[] edgesA = Gradient.Magnitude(Plane.Mix(a, width, height, factor: 2, ColorWeights.Luma));
        float[] edgesB = Gradient.Magnitude(Plane.Mix(b, width, height, factor: 2, ColorWeights.Luma));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < edgesA.Length; i++)
        {
            // Of 1 - similarity, which has the same deviation and loses no digits when the pictures are nearly equal.
            double loss = 1 - Gradient.Similarity(edgesA[i], edgesB[i], C);
            sum += loss;
            squares += loss * loss;
        }

        double mean = sum / edgesA.Length;
        return Math.Sqrt(Math.Max(0, (squares / edgesA.Length) - (mean * mean)));
    }
}
