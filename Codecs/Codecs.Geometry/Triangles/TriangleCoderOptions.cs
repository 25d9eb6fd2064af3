namespace Codecs.Geometry.Triangles;

/// <summary>How triangles are written.</summary>
public sealed record TriangleCoderOptions
{
    /// <summary>Keeps points, triangles and corners in their order, points without triangles included; takes more bytes. Off by default: the order changes and such points are dropped.</summary>
    public bool KeepOrder { get; init; }

    /// <summary>Stores origin and step (32 bytes). Off where many payloads share a grid that is stored elsewhere.</summary>
    public bool StoreFrame { get; init; } = true;
}
