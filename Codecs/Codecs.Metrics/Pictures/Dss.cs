namespace Codecs.Metrics.Pictures;

/// <summary>DCT subband similarity of 8-bit pictures.</summary>
/// <remarks>
/// A. Balanov, A. Schwartz, Y. Moshe, N. Peleg, "Image quality assessment based on DCT subband similarity", IEEE ICIP 2015: 8x8 DCT of BT.601
/// luma; in each subband the local variances (3x3 Gaussian of standard deviation 1.5) are compared and the worst 5 % averaged; the subbands are
/// weighted by a Gaussian of standard deviation 1.55. Pixels right of and below the last whole block are left out, as by the authors' program;
/// where 5 % would be no place at all, the worst one counts.
/// </remarks>
public static class Dss
{
    /// <summary>Smallest width and height: one block.</summary>
    public const int MinimumSide = Size;

    private const int Size = 8;
    private const double Sigma = 1.55, LeastWeight = 0.01, ConstantOfMeans = 1000, ConstantOfDetails = 300, Worst = 0.05;

    /// <summary>The similarity of two pictures.</summary>
    /// <param name="a">Samples, uint8 [height, width, 3], RGB.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <param name="width">Width in pixels, at least <see cref="MinimumSide"/>.</param>
    /// <param name="height">Height in pixels, at least <see cref="MinimumSide"/>.</param>
    /// <returns>At most 1, which it is when the pictures are equal; below 0 only when the large shapes are inverted.</returns>
    /// <exception cref="ArgumentException">A dimension is below <see cref="MinimumSide"/> or the lengths do not fit.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height)
    {
        PicturePair.Check(a, b, width, height, minimumSide: MinimumSide);
        Plane lumaA = Plane.Mix(a, width, height, factor: 1, ColorWeights.Luma);
        Plane lumaB = Plane.Mix(b, width, height, factor: 1, ColorWeights.Luma);
        int columns = width / Size;
        int rows = height / Size;
        double[] bandA = new double[columns * rows];
        double[] bandB = new double[columns * rows];
        double sum = 0;
        double total = 0;
        for (int v = 0; v < Size; v++)
        {
            for (int u = 0; u < Size; u++)
            {
                double weight = Math.Exp(-(((u + 0.5) * (u + 0.5)) + ((v + 0.5) * (v + 0.5))) / (2 * Sigma * Sigma));
                if (weight >= LeastWeight)
                {
                    ReadBand(lumaA, u, v, columns, bandA);
                    ReadBand(lumaB, u, v, columns, bandB);
                    sum += weight * Compare(bandA, bandB, columns, means: u == 0 && v == 0);
                    total += weight;
                }
            }
        }

        return sum / total;
    }

    /// <summary>Coefficient (u across, v down) of every block.</summary>
    private static void ReadBand(Plane plane, int u, int v, int columns, double[] band)
    {
        Span<double> across = stackalloc double[Size];
        Span<double> down = stackalloc double[Size];
        Cosine(u, across);
        Cosine(v, down);
        for (int i = 0; i < band.Length; i++)
        {
            int from = (i / columns * Size * plane.Width) + (i % columns * Size);
            double coefficient = 0;
            for (int y = 0; y < Size; y++)
            {
                ReadOnlySpan<float> row = plane.Samples.AsSpan(from + (y * plane.Width), Size);
                double sum = 0;
                for (int x = 0; x < Size; x++)
                {
                    sum += across[x] * row[x];
                }

                coefficient += down[y] * sum;
            }

            band[i] = coefficient;
        }
    }

    /// <summary>Row <paramref name="frequency"/> of the orthonormal DCT.</summary>
    private static void Cosine(int frequency, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Size) * Math.Cos(Math.PI * frequency * ((2 * i) + 1) / (2 * Size));
        }
    }

    private static double Compare(double[] a, double[] b, int columns, bool means)
    {
        double c = means ? ConstantOfMeans : ConstantOfDetails;
        double[] squaresA = new double[a.Length];
        double[] squaresB = new double[a.Length];
        double[] products = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            (squaresA[i], squaresB[i], products[i]) = (a[i] * a[i], b[i] * b[i], a[i] * b[i]);
        }

        var window = new SmallWindow(columns);
        double[] meanA = window.Smooth(a);
        double[] meanB = window.Smooth(b);
        double[] aa = window.Smooth(squaresA);
        double[] bb = window.Smooth(squaresB);
        double[] ab = window.Smooth(products);
        double[] contrast = new double[a.Length];
        double[] correlation = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            double varianceA = Math.Max(0, aa[i] - (meanA[i] * meanA[i]));
            double varianceB = Math.Max(0, bb[i] - (meanB[i] * meanB[i]));
            double product = Math.Sqrt(varianceA * varianceB);
            contrast[i] = ((2 * product) + c) / (varianceA + varianceB + c);
            correlation[i] = (ab[i] - (meanA[i] * meanB[i]) + c) / (product + c);
        }

        // The means of the blocks alone must be in the right places too.
        return means ? MeanOfWorst(contrast) * MeanOfWorst(correlation) : MeanOfWorst(contrast);
    }

    private static double MeanOfWorst(double[] values)
    {
        Array.Sort(values);
        int count = Math.Max(1, (int)Math.Round(Worst * values.Length));
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += values[i];
        }

        return sum / count;
    }
}
