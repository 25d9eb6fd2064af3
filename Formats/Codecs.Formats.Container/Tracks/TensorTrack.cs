using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>A tensor: every unit is one of this shape, or a slice of it.</summary>
public sealed record TensorTrack : Track
{
    /// <summary>Most dimensions.</summary>
    public const int MaxRank = 8;

    private const byte ContextMark = 0x13;

    /// <summary>Type of the decoded elements.</summary>
    public required ElementType Type { get; init; }

    /// <summary>Dimensions, outermost first: at most 8, each at least 1, 2^34 elements at most; empty for a scalar.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <inheritdoc/>
    internal override TrackKind Kind => TrackKind.Tensor;

    /// <inheritdoc/>
    private protected override int ContextLength => 4 + (sizeof(long) * Shape.Count);

    /// <inheritdoc/>
    public override void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[ContextLength - 1] = ratePoint;
        destination[0] = ContextMark;
        destination[1] = (byte)Type;
        destination[2] = (byte)Shape.Count;
        for (int i = 0; i < Shape.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination[(3 + (sizeof(long) * i))..], Shape[i]);
        }
    }

    /// <summary>Same facts, dimensions compared one by one.</summary>
    public bool Equals(TensorTrack? other) => base.Equals(other) && Type == other.Type && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Type, Shape.Count);
}
