namespace Codecs.Metrics.Pictures;

/// <summary>Strength of the edges of a plane by the Prewitt operator, and how like two of them are.</summary>
internal static class Gradient
{
    /// <summary>sqrt(h^2 + v^2) of the two 3x3 Prewitt filters divided by 3; what lies outside of the plane counts as 0.</summary>
    /// <returns>float [height, width].</returns>
    public static float[] Magnitude(Plane plane)
    {
        int width = plane.Width;
        float[] magnitude = new float[plane.Samples.Length];

        // Three rows with a zero at either end, so that the inner loop needs no conditions.
        float[] above = new float[width + 2];
        float[] here = new float[width + 2];
        float[] below = new float[width + 2];
        plane.Samples.AsSpan(0, width).CopyTo(below.AsSpan(1));
        for (int y = 0; y < plane.Height; y++)
        {
            (above, here, below) = (here, below, above);
            if (y + 1 < plane.Height)
            {
                plane.Samples.AsSpan((y + 1) * width, width).CopyTo(below.AsSpan(1));
            }
            else
            {
                Array.Clear(below);
            }

            Span<float> row = magnitude.AsSpan(y * width, width);
            for (int x = 0; x < row.Length; x++)
            {
                float h = above[x + 2] - above[x] + here[x + 2] - here[x] + below[x + 2] - below[x];
                float v = below[x] + below[x + 1] + below[x + 2] - above[x] - above[x + 1] - above[x + 2];
                row[x] = MathF.Sqrt((h * h) + (v * v)) / 3;
            }
        }

        return magnitude;
    }

    /// <summary>(2 a b + c) / (a^2 + b^2 + c), 1 for equal values.</summary>
    public static double Similarity(double a, double b, double c) => ((2 * a * b) + c) / ((a * a) + (b * b) + c);
}
