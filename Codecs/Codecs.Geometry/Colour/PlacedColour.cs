using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>A carrier's colours on a surface, with the flat normals of its triangles.</summary>
internal sealed class PlacedColour(TriangleTree surface, ISpaceColour colour) : ISurfaceColor
{
    /// <inheritdoc/>
    public Vector3 At(int triangle, Vector3 barycentric)
    {
        (Vector3 a, Vector3 b, Vector3 c) = CornersOf(surface, triangle);
        return colour.At((barycentric.X * a) + (barycentric.Y * b) + (barycentric.Z * c), NormalOf(a, b, c));
    }

    /// <summary>The corners of a triangle.</summary>
    internal static (Vector3 A, Vector3 B, Vector3 C) CornersOf(TriangleTree surface, int triangle)
    {
        ReadOnlySpan<int> triangles = surface.Triangles.Span.Slice(3 * triangle, 3);
        ReadOnlySpan<Vector3> positions = surface.Positions.Span;
        return (positions[triangles[0]], positions[triangles[1]], positions[triangles[2]]);
    }

    /// <summary>The normal of a triangle, length 1; zero without area.</summary>
    internal static Vector3 NormalOf(Vector3 a, Vector3 b, Vector3 c)
    {
        // Scaled first: squares of small triangles must not vanish.
        Vector3 ab = b - a, ac = c - a;
        float size = Largest(Vector3.Max(Vector3.Abs(ab), Vector3.Abs(ac)));
        return size > 0 ? Unit(Vector3.Cross(ab / size, ac / size)) : Vector3.Zero;
    }

    /// <summary>A vector's direction; zero has none.</summary>
    internal static Vector3 Unit(Vector3 vector)
    {
        float length = vector.Length();
        return length > 0 ? vector / length : Vector3.Zero;
    }

    private static float Largest(Vector3 vector) => Math.Max(vector.X, Math.Max(vector.Y, vector.Z));
}
