namespace Codecs.Models.Wavelets;

/// <summary>The full wavelet packet transform of a plane: along rows first, then along columns, every band again at every level.</summary>
/// <remarks>Channel ((f_1 · 4) + f_2) · 4 ... + f_J, f = 2 · (high along the row) + (high along the column): WaLLoC's natural order.</remarks>
internal static class WaveletPacket2D
{
    /// <summary>Analysis.</summary>
    /// <param name="plane">Rows of samples, both sides multiples of 2^levels.</param>
    /// <param name="width">Columns.</param>
    /// <param name="levels">1..6.</param>
    /// <param name="cells">Receives [height / 2^levels, width / 2^levels, 4^levels].</param>
    internal static void Analyze(ReadOnlySpan<float> plane, int width, int levels, Span<float> cells)
    {
        int height = Check(plane.Length, width, levels, cells.Length);
        float[] bands = plane.ToArray(), next = new float[plane.Length];
        int w = width, h = height;
        for (int level = 0; level < levels; level++, w /= 2, h /= 2)
        {
            for (int at = 0; at < plane.Length; at += w * h)
            {
                Split(bands.AsSpan(at, w * h), w, h, next.AsSpan(at, w * h));
            }

            (bands, next) = (next, bands);
        }

        int channels = 1 << (2 * levels), positions = w * h;
        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < positions; p++)
            {
                cells[(p * channels) + c] = bands[(c * positions) + p];
            }
        }
    }

    /// <summary>Synthesis.</summary>
    /// <param name="cells">[height / 2^levels, width / 2^levels, 4^levels].</param>
    /// <param name="levels">1..6.</param>
    /// <param name="plane">Receives rows of samples.</param>
    /// <param name="width">Columns.</param>
    internal static void Synthesize(ReadOnlySpan<float> cells, int levels, Span<float> plane, int width)
    {
        int height = Check(plane.Length, width, levels, cells.Length);
        int w = width >> levels, h = height >> levels, channels = 1 << (2 * levels), positions = w * h;
        float[] bands = new float[plane.Length], next = new float[plane.Length];
        for (int p = 0; p < positions; p++)
        {
            for (int c = 0; c < channels; c++)
            {
                bands[(c * positions) + p] = cells[(p * channels) + c];
            }
        }

        for (int level = 0; level < levels; level++)
        {
            (w, h) = (w * 2, h * 2);
            for (int at = 0; at < plane.Length; at += w * h)
            {
                Merge(bands.AsSpan(at, w * h), w, h, next.AsSpan(at, w * h));
            }

            (bands, next) = (next, bands);
        }

        bands.CopyTo(plane);
    }

    // One level: four quarter planes behind each other in the order of f.
    private static void Split(ReadOnlySpan<float> plane, int w, int h, Span<float> bands)
    {
        int quarter = w * h / 4;
        float[] row = new float[w], columns = new float[w * h], column = new float[h];
        for (int y = 0; y < h; y++)
        {
            Cdf97.Split(plane.Slice(y * w, w), row.AsSpan(0, w / 2), row.AsSpan(w / 2));
            for (int x = 0; x < w; x++)
            {
                columns[(x * h) + y] = row[x];
            }
        }

        for (int x = 0; x < w; x++)
        {
            Cdf97.Split(columns.AsSpan(x * h, h), column.AsSpan(0, h / 2), column.AsSpan(h / 2));
            int first = (x < w / 2 ? 0 : 2) * quarter;
            for (int y = 0; y < h / 2; y++)
            {
                int at = (y * (w / 2)) + (x % (w / 2));
                bands[first + at] = column[y];
                bands[first + quarter + at] = column[(h / 2) + y];
            }
        }
    }

    private static void Merge(ReadOnlySpan<float> bands, int w, int h, Span<float> plane)
    {
        int quarter = w * h / 4;
        float[] row = new float[w], columns = new float[w * h], column = new float[h];
        for (int x = 0; x < w; x++)
        {
            int first = (x < w / 2 ? 0 : 2) * quarter;
            for (int y = 0; y < h / 2; y++)
            {
                int at = (y * (w / 2)) + (x % (w / 2));
                column[y] = bands[first + at];
                column[(h / 2) + y] = bands[first + quarter + at];
            }

            Cdf97.Merge(column.AsSpan(0, h / 2), column.AsSpan(h / 2), columns.AsSpan(x * h, h));
        }

        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                row[x] = columns[(x * h) + y];
            }

            Cdf97.Merge(row.AsSpan(0, w / 2), row.AsSpan(w / 2), plane.Slice(y * w, w));
        }
    }

    private static int Check(int samples, int width, int levels, int coefficients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 6);
        int height = width > 0 ? samples / width : 0, mask = (1 << levels) - 1;
        if (height == 0 || height * width != samples || ((width | height) & mask) != 0 || coefficients != samples)
        {
            throw new ArgumentException($"{samples} samples in rows of {width}, {coefficients} coefficients; both sides must be multiples of {mask + 1}.");
        }

        return height;
    }
}
