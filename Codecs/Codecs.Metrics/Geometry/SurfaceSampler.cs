using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Spreads points evenly over the area of a mesh.</summary>
/// <remarks>
/// The area is laid out triangle after triangle and cut into equal parts, one sample each; its place in the triangle comes from the R2 sequence, whose upper half of the square is
/// folded onto the lower one. The mean over the samples is then a far better mean over the area than that of random points.
/// </remarks>
public static class SurfaceSampler
{
    private const double DefaultStart = 0.5;

    /// <summary>Samples a mesh.</summary>
    /// <param name="positions">Vertices; those in use finite, from -1e18 to 1e18.</param>
    /// <param name="triangles">Three vertex indices a triangle; those without area get no sample.</param>
    /// <param name="count">Samples, at least 1.</param>
    /// <param name="seed">Other seeds give other places.</param>
    /// <returns>The samples, in order of their triangles.</returns>
    /// <exception cref="ArgumentException">The mesh is not one, or has no area.</exception>
    public static SurfaceSamples Sample(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles, int count, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        MeshArguments.Check(positions, triangles);
        double total = 0;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            total += TriangleMath.Area(positions[triangles[i]], positions[triangles[i + 1]], positions[triangles[i + 2]], out _);
        }

        if (total <= 0)
        {
            throw new ArgumentException($"A surface is needed, found {triangles.Length / 3} triangles without area.", nameof(triangles));
        }

        // Any step that is no ratio of small numbers moves the sequence well; the golden one is the usual choice.
        double start = DefaultStart + (seed * 0.6180339887498949);
        SurfaceSamples samples = new(count);
        double before = 0;
        int done = 0;
        int last = -1;
        for (int t = 0; t < triangles.Length / 3 && done < count; t++)
        {
            (Vector3 a, Vector3 b, Vector3 c) = (positions[triangles[3 * t]], positions[triangles[(3 * t) + 1]], positions[triangles[(3 * t) + 2]]);
            double area = TriangleMath.Area(a, b, c, out Vector3 normal);
            before += area;
            last = area > 0 ? t : last;
            for (; area > 0 && done < count && (done + 0.5) * total < before * count; done++)
            {
                Place(samples, done, t, a, b, c, normal, start);
            }
        }

        // Both sums are the same additions, so the last sample finds its triangle; this is for products that round the other way.
        for (; done < count; done++)
        {
            (Vector3 a, Vector3 b, Vector3 c) = (positions[triangles[3 * last]], positions[triangles[(3 * last) + 1]], positions[triangles[(3 * last) + 2]]);
            _ = TriangleMath.Area(a, b, c, out Vector3 normal);
            Place(samples, done, last, a, b, c, normal, start);
        }

        return samples;
    }

    private static void Place(SurfaceSamples samples, int index, int triangle, Vector3 a, Vector3 b, Vector3 c, Vector3 normal, double start)
    {
        (double v, double w) = LowDiscrepancy.R2(index, start);
        if (v + w > 1)
        {
            (v, w) = (1 - v, 1 - w);
        }

        samples.PointArray[index] = TriangleMath.At(a, b, c, v, w);
        samples.TriangleArray[index] = triangle;
        samples.BarycentricArray[index] = new Vector3((float)(1 - v - w), (float)v, (float)w);
        samples.NormalArray[index] = normal;
    }
}
