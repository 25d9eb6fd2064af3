using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>The nearest point of a surface.</summary>
/// <param name="Distance">From the point asked for, in scene units; positive infinity when nothing was near enough.</param>
/// <param name="Point">The nearest point.</param>
/// <param name="Triangle">Its triangle as the mesh numbers them; -1 when nothing was near enough.</param>
/// <param name="Barycentric">Weights of the triangle's three corners, 0..1, sum 1.</param>
/// <param name="Feature">The part of the triangle.</param>
public readonly record struct ClosestHit(float Distance, Vector3 Point, int Triangle, Vector3 Barycentric, TriangleFeature Feature)
{
    /// <summary>Nothing was near enough.</summary>
    public static ClosestHit None { get; } = new(float.PositiveInfinity, Vector3.Zero, -1, Vector3.Zero, TriangleFeature.Face);

    /// <summary>Whether there is a nearest point.</summary>
    public bool Found => Triangle >= 0;
}
