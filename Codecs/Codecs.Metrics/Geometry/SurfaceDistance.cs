using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Distance of two surfaces, measured from points spread over each to the nearest point of the other surface.</summary>
/// <remarks>From points to triangles, not to points: two samplings of one surface lie apart, which would hide every small error.</remarks>
public static class SurfaceDistance
{
    /// <summary>Samples a surface for figures to publish.</summary>
    public const int DefaultSamples = 100_000;

    /// <summary>Samples a surface for quick looks.</summary>
    public const int QuickSamples = 30_000;

    private const int ChunkSize = 1024;

    /// <summary>Measures two meshes.</summary>
    /// <param name="positionsA">Vertices of the reference.</param>
    /// <param name="trianglesA">Its triangles, three indices each.</param>
    /// <param name="positionsB">Vertices of the other mesh, in the same coordinates.</param>
    /// <param name="trianglesB">Its triangles.</param>
    /// <param name="samples">Points a surface, at least 1.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">A mesh is not one, or has no area.</exception>
    public static SurfaceDistanceResult Measure(
        ReadOnlySpan<Vector3> positionsA,
        ReadOnlySpan<int> trianglesA,
        ReadOnlySpan<Vector3> positionsB,
        ReadOnlySpan<int> trianglesB,
        int samples = DefaultSamples,
        int workers = 0) =>
        Measure(TriangleTree.Build(positionsA, trianglesA), TriangleTree.Build(positionsB, trianglesB), samples, workers);

    /// <summary>Measures two meshes whose trees exist.</summary>
    /// <param name="a">The reference.</param>
    /// <param name="b">The other mesh, in the same coordinates.</param>
    /// <param name="samples">Points a surface, at least 1.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">A mesh has no area.</exception>
    public static SurfaceDistanceResult Measure(TriangleTree a, TriangleTree b, int samples = DefaultSamples, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ThrowIfEmpty(a);
        ThrowIfEmpty(b);
        (float[] fromA, double absoluteA, double signedA) = Directed(a, b, samples, workers);
        (float[] fromB, double absoluteB, double signedB) = Directed(b, a, samples, workers);
        double diagonal = a.Diagonal;
        ThresholdScore Score(double percent) => new(percent, Share(fromB, percent * diagonal / 100), Share(fromA, percent * diagonal / 100));
        return new SurfaceDistanceResult(
            DirectedDistance.Of(fromA),
            DirectedDistance.Of(fromB),
            diagonal,
            (absoluteA + absoluteB) / 2,
            (signedA + signedB) / 2,
            Score(0.5),
            Score(1),
            Score(2));
    }

    /// <summary>Samples have somewhere to lie and something to be near to.</summary>
    internal static void ThrowIfEmpty(TriangleTree tree)
    {
        if (tree.Count == 0)
        {
            throw new ArgumentException($"A surface is needed, found {tree.Triangles.Length / 3} triangles without area.", nameof(tree));
        }
    }

    private static (float[] Distances, double Absolute, double Signed) Directed(TriangleTree from, TriangleTree to, int count, int workers)
    {
        SurfaceSamples samples = SurfaceSampler.Sample(from.Positions.Span, from.Triangles.Span, count);
        float[] distances = new float[count];
        float[] cosines = new float[count];
        FixedChunks.Run(count, ChunkSize, workers, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                ClosestHit hit = to.Closest(samples.PointArray[i]);
                to.Corners(hit.Triangle, out Vector3 a, out Vector3 b, out Vector3 c);
                _ = TriangleMath.Area(a, b, c, out Vector3 normal);
                distances[i] = hit.Distance;
                cosines[i] = Vector3.Dot(normal, samples.NormalArray[i]);
            }
        });

        double absolute = 0;
        double signed = 0;
        foreach (float cosine in cosines)
        {
            absolute += Math.Abs(cosine);
            signed += cosine;
        }

        return (distances, absolute / count, signed / count);
    }

    private static double Share(float[] distances, double within)
    {
        int count = 0;
        foreach (float distance in distances)
        {
            count += distance <= within ? 1 : 0;
        }

        return (double)count / distances.Length;
    }
}
