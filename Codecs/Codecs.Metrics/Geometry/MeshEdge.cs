namespace Codecs.Metrics.Geometry;

/// <summary>Edges as numbers that can be sorted.</summary>
internal static class MeshEdge
{
    /// <summary>The same for both directions.</summary>
    public static ulong Key(int one, int other) => ((ulong)(uint)Math.Min(one, other) << 32) | (uint)Math.Max(one, other);
}
