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

    /// <summary>Reads without throwing.</summary>
    /// <param name="bytes">Starts with the varint.</param>
    /// <param name="value">The value, when all its bytes are there.</param>
    /// <returns>Bytes it takes; more than <paramref name="bytes"/> has when it is cut short; 0 when it is longer than needed.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        int length = bytes.IsEmpty ? 1 : 1 << (bytes[0] >> 6);
        if (length > bytes.Length)
        {
            return length;
        }

        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        bytes[..length].CopyTo(eight[(sizeof(ulong) - length)..]);
        eight[sizeof(ulong) - length] &= 0x3F;
        value = BinaryPrimitives.ReadUInt64BigEndian(eight);
        return LengthOf(value) == length ? length : 0;
    }

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
