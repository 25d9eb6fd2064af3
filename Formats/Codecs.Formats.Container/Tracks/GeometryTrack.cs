using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>A 3D object, or one that moves: every unit is an object.</summary>
public sealed record GeometryTrack : Track
{
    private const byte ContextMark = 0x12;

    /// <summary>What the object is made of.</summary>
    public required GeometryPrimitive Primitive { get; init; }

    /// <summary>Points, vertices, voxels or splats, 0..2^34; 0 when only decoding tells.</summary>
    public long Count { get; init; }

    /// <summary>What each element has besides its place; at most 255.</summary>
    public IReadOnlyList<GeometryChannel> Attributes { get; init; } = [];

    /// <summary>Where the object lies.</summary>
    public BoundingBox Box { get; init; } = BoundingBox.Unit;

    /// <inheritdoc/>
    internal override TrackKind Kind => TrackKind.Geometry;

    /// <inheritdoc/>
    private protected override int ContextLength => 11;

    /// <inheritdoc/>
    public override void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[10] = ratePoint;
        destination[0] = ContextMark;
        destination[1] = (byte)Primitive;
        BinaryPrimitives.WriteInt64LittleEndian(destination[2..], Count);
    }

    /// <summary>Same facts, attributes compared one by one.</summary>
    public bool Equals(GeometryTrack? other) =>
        base.Equals(other) && Primitive == other.Primitive && Count == other.Count && Box == other.Box && Attributes.SequenceEqual(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Primitive, Count, Box, Attributes.Count);
}
