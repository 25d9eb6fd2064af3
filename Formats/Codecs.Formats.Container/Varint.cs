using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>Variable-length integers: the two top bits of the first byte give 1, 2, 4 or 8 bytes, the rest is big-endian.</summary>
/// <remarks>The layout of RFC 9000, section 16, with one addition: only the shortest form is legal, so equal values are equal bytes.</remarks>
internal static class Varint
{
    /// <summary>The largest value that fits: 62 bits.</summary>
    public const ulong MaxValue = (1UL << 62) - 1;

    /// <summary>The length in bytes of the shortest form.</summary>
    public static int LengthOf(ulong value) => value switch
    {
        < 1UL << 6 => 1,
        < 1UL << 14 => 2,
        < 1UL << 30 => 4,
        <= MaxValue => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A varint holds at most 62 bits."),
    };

    /// <summary>Writes the shortest form.</summary>
    public static void Write(IBufferWriter<byte> output, ulong value)
    {
        int length = LengthOf(value);
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        ulong tag = (ulong)BitOperations.Log2((uint)length);
        BinaryPrimitives.WriteUInt64BigEndian(eight, (value << (64 - (8 * length))) | (tag << 62));
        output.Write(eight[..length]);
    }
}
