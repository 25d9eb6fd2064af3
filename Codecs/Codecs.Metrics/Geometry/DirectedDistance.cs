namespace Codecs.Metrics.Geometry;

/// <summary>How far the points of one shape lie from another one, in scene units.</summary>
/// <param name="Mean">Mean distance.</param>
/// <param name="Rms">Root of the mean squared distance.</param>
/// <param name="Percentile95">95 of 100 points are at most this far.</param>
/// <param name="Percentile99">99 of 100 points are at most this far; thin parts that vanished show here.</param>
/// <param name="Max">The farthest point: an estimate, from below, of the one-sided Hausdorff distance.</param>
public readonly record struct DirectedDistance(double Mean, double Rms, double Percentile95, double Percentile99, double Max)
{
    /// <summary>The same in percent of a length.</summary>
    /// <param name="length">Scene units, 0 or more; by custom the diagonal of the reference's bounding box. Of 0 there are no percents: not a number, or infinity.</param>
    public DirectedDistance PercentOf(double length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        double scale = 100 / length;
        return new(Mean * scale, Rms * scale, Percentile95 * scale, Percentile99 * scale, Max * scale);
    }

    /// <summary>Summarises distances; sorts them.</summary>
    internal static DirectedDistance Of(Span<float> distances)
    {
        distances.Sort();
        double sum = 0;
        double squares = 0;
        foreach (float distance in distances)
        {
            sum += distance;
            squares += (double)distance * distance;
        }

        return new(sum / distances.Length, Math.Sqrt(squares / distances.Length), Rank(distances, 95), Rank(distances, 99), distances[^1]);
    }

    // Nearest rank.
    private static float Rank(ReadOnlySpan<float> sorted, int percent) => sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];
}
