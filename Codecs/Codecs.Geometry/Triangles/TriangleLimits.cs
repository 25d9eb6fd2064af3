namespace Codecs.Geometry.Triangles;

/// <summary>What a decoder accepts before it allocates anything.</summary>
public sealed record TriangleLimits
{
    /// <summary>Most triangles: 2^24 by default, about 2.5 GB of memory with some layers.</summary>
    public int MaxTriangles { get; init; } = 1 << 24;

    /// <summary>Most points: 2^24 by default.</summary>
    public int MaxVertices { get; init; } = 1 << 24;

    /// <summary>Most layers: 16 by default.</summary>
    public int MaxLayers { get; init; } = 16;
}
