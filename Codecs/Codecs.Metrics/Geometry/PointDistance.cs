using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Distance of two point clouds, from each point to the nearest point of the other cloud.</summary>
/// <remarks>Clouds are taken as they are: neither resampled nor aligned first, so that what a codec moves counts.</remarks>
public static class PointDistance
{
    private const int ChunkSize = 1024;

    /// <summary>Measures two clouds.</summary>
    /// <param name="a">The reference, at least one point.</param>
    /// <param name="b">The other cloud, in the same coordinates, at least one point.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">A cloud has no points, or one that is not finite or beyond ±1e18.</exception>
    public static ShapeDistance Measure(ReadOnlySpan<Vector3> a, ReadOnlySpan<Vector3> b, int workers = 0)
    {
        PointTree treeA = PointTree.Build(a);
        PointTree treeB = PointTree.Build(b);
        return new ShapeDistance(Directed(treeA, treeB, workers), Directed(treeB, treeA, workers), treeA.Diagonal);
    }

    private static DirectedDistance Directed(PointTree from, PointTree to, int workers)
    {
        float[] distances = new float[from.Points.Length];
        FixedChunks.Run(distances.Length, ChunkSize, workers, (first, end) =>
        {
            ReadOnlySpan<Vector3> points = from.Points.Span;
            for (int i = first; i < end; i++)
            {
                distances[i] = to.Nearest(points[i]).Distance;
            }
        });

        return DirectedDistance.Of(distances);
    }
}
