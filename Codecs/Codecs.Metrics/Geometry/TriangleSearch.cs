using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Keeps the nearest of the triangles that a traversal shows.</summary>
internal struct TriangleSearch(Vector3[] corners, Vector3 point, double best) : ILeafSearch
{
    /// <inheritdoc/>
    public double Best { get; private set; } = best;

    /// <summary>Place of the nearest triangle so far; -1 before the first.</summary>
    public int Place { get; private set; } = -1;

    /// <summary>Weight of the second corner.</summary>
    public double V { get; private set; }

    /// <summary>Weight of the third corner.</summary>
    public double W { get; private set; }

    /// <summary>Part of the triangle.</summary>
    public TriangleFeature Feature { get; private set; }

    /// <inheritdoc/>
    public void Visit(int first, int count)
    {
        ReadOnlySpan<Vector3> leaf = corners.AsSpan(first * 3, count * 3);
        for (int i = 0; i + 2 < leaf.Length; i += 3)
        {
            double distance = TriangleMath.Closest(point, leaf[i], leaf[i + 1], leaf[i + 2], out double v, out double w, out TriangleFeature feature);
            if (distance < Best)
            {
                (Best, Place, V, W, Feature) = (distance, first + (i / 3), v, w, feature);
            }
        }
    }
}
