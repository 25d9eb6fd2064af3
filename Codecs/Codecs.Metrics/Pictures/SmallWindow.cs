namespace Codecs.Metrics.Pictures;

/// <summary>The 3x3 Gaussian window of <see cref="Dss"/>, of standard deviation 1.5; what lies outside of a map counts as 0.</summary>
/// <param name="width">Columns of the maps.</param>
internal sealed class SmallWindow(int width)
{
    private static readonly double s_side = Math.Exp(-1 / (2 * 1.5 * 1.5)) / (1 + (2 * Math.Exp(-1 / (2 * 1.5 * 1.5))));
    private static readonly double s_center = 1 - (2 * s_side);

    /// <summary>The smoothed map.</summary>
    /// <param name="map">double [height, width].</param>
    public double[] Smooth(ReadOnlySpan<double> map)
    {
        double[] across = new double[map.Length];
        for (int from = 0; from < map.Length; from += width)
        {
            ReadOnlySpan<double> row = map.Slice(from, width);
            Span<double> target = across.AsSpan(from, width);
            for (int x = 0; x < row.Length; x++)
            {
                double sides = (x > 0 ? row[x - 1] : 0) + (x + 1 < row.Length ? row[x + 1] : 0);
                target[x] = (s_center * row[x]) + (s_side * sides);
            }
        }

        double[] smooth = new double[map.Length];
        for (int i = 0; i < smooth.Length; i++)
        {
            double sides = (i >= width ? across[i - width] : 0) + (i + width < across.Length ? across[i + width] : 0);
            smooth[i] = (s_center * across[i]) + (s_side * sides);
        }

        return smooth;
    }
}
