using Codecs.Metrics.Pictures;

namespace Codecs.Metrics;

/// <summary>Structural similarity of two planes at one scale.</summary>
/// <remarks>
/// The separable window runs down the picture over a ring of rows that were filtered horizontally. Only four filtered maps are needed, because
/// the formula uses the two variances as a sum: means of a and b, of a^2 + b^2, and of a b. Samples are centred at 128 first (variances do not
/// change), which keeps float rounding four times smaller. All vector work is element-wise, so every vector width gives the same bits.
/// </remarks>
internal static class SsimScale
{
    /// <summary>Width of the window where the picture is large enough.</summary>
    public const int Taps = 11;

    private const int Maps = 4;
    private const double Sigma = 1.5;
    private const float Center = 128;
    private const float C1 = 0.01f * 255 * (0.01f * 255);
    private const float C2 = 0.03f * 255 * (0.03f * 255);

    /// <summary>Mean similarity (luminance times contrast and structure) and mean of contrast and structure alone.</summary>
    public static (double Ssim, double Contrast) Measure(PlaneReader a, PlaneReader b)
    {
        float[] across = Window(Math.Min(Taps, a.Width));
        float[] down = Window(Math.Min(Taps, a.Height));
        int width = a.Width - across.Length + 1;
        float[] rowA = new float[a.Width];
        float[] rowB = new float[a.Width];
        float[] squares = new float[a.Width];
        float[] products = new float[a.Width];
        float[] ring = new float[down.Length * Maps * width];
        float[] filtered = new float[Maps * width];

        double ssim = 0;
        double contrast = 0;
        for (int y = 0; y < a.Height; y++)
        {
            a.Read(y, rowA);
            b.Read(y, rowB);
            for (int x = 0; x < rowA.Length; x++)
            {
                float p = rowA[x] - Center;
                float q = rowB[x] - Center;
                rowA[x] = p;
                rowB[x] = q;
                squares[x] = (p * p) + (q * q);
                products[x] = p * q;
            }

            Span<float> slot = ring.AsSpan(y % down.Length * Maps * width, Maps * width);
            slot.Clear();
            for (int k = 0; k < across.Length; k++)
            {
                RowMath.AddScaled(rowA.AsSpan(k, width), across[k], slot[..width]);
                RowMath.AddScaled(rowB.AsSpan(k, width), across[k], slot.Slice(width, width));
                RowMath.AddScaled(squares.AsSpan(k, width), across[k], slot.Slice(2 * width, width));
                RowMath.AddScaled(products.AsSpan(k, width), across[k], slot.Slice(3 * width, width));
            }

            int top = y - down.Length + 1;
            if (top < 0)
            {
                continue;
            }

            Array.Clear(filtered);
            for (int k = 0; k < down.Length; k++)
            {
                RowMath.AddScaled(ring.AsSpan((top + k) % down.Length * Maps * width, Maps * width), down[k], filtered);
            }

            Accumulate(filtered, width, ref ssim, ref contrast);
        }

        double count = (double)width * (a.Height - down.Length + 1);
        return (ssim / count, contrast / count);
    }

    private static void Accumulate(ReadOnlySpan<float> filtered, int width, ref double ssim, ref double contrast)
    {
        ReadOnlySpan<float> meanA = filtered[..width];
        ReadOnlySpan<float> meanB = filtered.Slice(width, width);
        ReadOnlySpan<float> squares = filtered.Slice(2 * width, width);
        ReadOnlySpan<float> products = filtered.Slice(3 * width, width);
        for (int x = 0; x < meanA.Length; x++)
        {
            float p = meanA[x];
            float q = meanB[x];
            float cs = ((2 * (products[x] - (p * q))) + C2) / (squares[x] - ((p * p) + (q * q)) + C2);
            p += Center;
            q += Center;
            contrast += cs;
            ssim += cs * (((2 * p * q) + C1) / ((p * p) + (q * q) + C1));
        }
    }

    private static float[] Window(int taps)
    {
        double[] window = new double[taps];
        double total = 0;
        for (int i = 0; i < taps; i++)
        {
            double distance = i - ((taps - 1) / 2.0);
            window[i] = Math.Exp(-distance * distance / (2 * Sigma * Sigma));
            total += window[i];
        }

        float[] normalised = new float[taps];
        for (int i = 0; i < taps; i++)
        {
            normalised[i] = (float)(window[i] / total);
        }

        return normalised;
    }
}
