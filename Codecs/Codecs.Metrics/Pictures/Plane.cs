namespace Codecs.Metrics.Pictures;

/// <summary>One component of a picture.</summary>
/// <param name="Samples">Row by row, float [height, width].</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct Plane(float[] Samples, int Width, int Height)
{
    /// <summary>A weighted sum of the colours of a picture, reduced by a whole factor.</summary>
    /// <remarks>
    /// As MATLAB's conv2(…, 'same') with a box, sampled from the first pixel on, which the metrics' authors all use: sample i is the mean over
    /// pixels f i - (f - 1) / 2 .. f i + f / 2, and what lies outside of the picture counts as 0.
    /// </remarks>
    /// <param name="rgb">uint8 [height, width, 3].</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="factor">1 or more; 1 keeps every pixel.</param>
    /// <param name="weights">What red, green and blue count.</param>
    public static Plane Mix(ReadOnlySpan<byte> rgb, int width, int height, int factor, ColorWeights weights)
    {
        int columns = 1 + ((width - 1) / factor);
        int rows = 1 + ((height - 1) / factor);
        float[] samples = new float[columns * rows];
        int[] sums = new int[columns * PicturePair.Channels];
        float scale = 1f / (factor * factor);
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(sums);
            int top = Math.Max(0, (row * factor) - ((factor - 1) / 2));
            int bottom = Math.Min(height - 1, (row * factor) + (factor / 2));
            for (int y = top; y <= bottom; y++)
            {
                AddRow(rgb.Slice(y * width * PicturePair.Channels, width * PicturePair.Channels), factor, sums);
            }

            Span<float> target = samples.AsSpan(row * columns, columns);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = scale * ((weights.Red * sums[3 * x]) + (weights.Green * sums[(3 * x) + 1]) + (weights.Blue * sums[(3 * x) + 2]));
            }
        }

        return new Plane(samples, columns, rows);
    }

    private static void AddRow(ReadOnlySpan<byte> row, int factor, Span<int> sums)
    {
        int before = (factor - 1) / 2;
        for (int x = 0, from = 0; from < row.Length; x++, from += PicturePair.Channels)
        {
            int column = (x + before) / factor * PicturePair.Channels;
            if (column < sums.Length)
            {
                sums[column] += row[from];
                sums[column + 1] += row[from + 1];
                sums[column + 2] += row[from + 2];
            }
        }
    }
}

/// <summary>How much each colour counts in a <see cref="Plane"/>.</summary>
internal readonly record struct ColorWeights(float Red, float Green, float Blue)
{
    /// <summary>Luma of ITU-R BT.601, the Y of YIQ.</summary>
    public static ColorWeights Luma { get; } = new(0.299f, 0.587f, 0.114f);
}
