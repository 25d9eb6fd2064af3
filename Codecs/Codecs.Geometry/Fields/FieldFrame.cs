using System.Numerics;

namespace Codecs.Geometry.Fields;

/// <summary>Where a field lies in the scene: a cube around the bounding box of what it describes.</summary>
/// <param name="Center">Middle of the bounding box, scene units.</param>
/// <param name="HalfExtent">Half of its longest side, scene units, above 0.</param>
internal readonly record struct FieldFrame(Vector3 Center, float HalfExtent)
{
    /// <summary>Half of the longest side in the field, whose nodes reach from -1 to 1: what is around it lets the surface close.</summary>
    internal const float Fill = 0.9f;

    private const float SmallestHalf = 1e-12f;

    /// <summary>Scene units of one unit of the field.</summary>
    internal float Scale => HalfExtent / Fill;

    /// <summary>The frame of a bounding box.</summary>
    internal static FieldFrame Around(Vector3 low, Vector3 high)
    {
        Vector3 half = (high - low) / 2;
        return new FieldFrame(low + half, Math.Max(SmallestHalf, Math.Max(half.X, Math.Max(half.Y, half.Z))));
    }

    /// <summary>A point of the field in the scene.</summary>
    internal Vector3 ToScene(Vector3 point) => Center + (point * Scale);

    /// <summary>A point of the scene in the field.</summary>
    internal Vector3 ToField(Vector3 point) => (point - Center) / Scale;
}
