using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Volume that two solids share over the volume that either has.</summary>
public static class VolumeIou
{
    /// <summary>Points for figures to publish.</summary>
    public const int DefaultPoints = 200_000;

    private const float Inside = 0.5f;
    private const int ChunkSize = 1024;

    /// <summary>Measures two meshes.</summary>
    /// <remarks>
    /// Points of the R3 sequence in the box around both; a point is inside where the surface's winding number is above one half, which also makes sense of meshes with small holes
    /// and of overlapping parts. A mesh that is inside out has no inside.
    /// </remarks>
    /// <param name="a">One solid.</param>
    /// <param name="b">The other, in the same coordinates.</param>
    /// <param name="points">Points, at least 1.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <returns>0..1; not a number when no point is inside either.</returns>
    public static double Measure(TriangleTree a, TriangleTree b, int points = DefaultPoints, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == b.Count ? double.NaN : 0;
        }

        Vector3 low = Vector3.Min(a.Low, b.Low);
        Vector3 size = Vector3.Max(a.High, b.High) - low;
        int both = 0;
        int either = 0;
        FixedChunks.Run(points, ChunkSize, workers, (first, end) =>
        {
            int chunkBoth = 0;
            int chunkEither = 0;
            for (int i = first; i < end; i++)
            {
                Vector3 point = low + (size * LowDiscrepancy.R3(i, 0.5));
                bool inA = IsInside(a, point);
                bool inB = IsInside(b, point);
                chunkBoth += inA && inB ? 1 : 0;
                chunkEither += inA || inB ? 1 : 0;
            }

            Interlocked.Add(ref both, chunkBoth);
            Interlocked.Add(ref either, chunkEither);
        });

        return (double)both / either;
    }

    private static bool IsInside(TriangleTree tree, Vector3 point)
    {
        // Nothing is inside beyond the box.
        bool inBox = Vector3.Min(point, tree.Low) == tree.Low && Vector3.Max(point, tree.High) == tree.High;
        return inBox && tree.WindingNumber(point) > Inside;
    }
}
