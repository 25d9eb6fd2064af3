using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Codecs.EntropyCoding;

/// <summary>Indices in a fixed number of bits each: the plain form of codebook indices, for payloads that must not depend on any model.</summary>
/// <remarks>
/// Each index takes b bits, least significant bit first: index i has the bits i * b .. i * b + b - 1 of the payload, and bit j of the payload is bit
/// j mod 8 (value 2^(j mod 8)) of byte j div 8. The payload has ceil(count * b / 8) bytes; the bits behind the last index are zero.
/// </remarks>
public static class PackedIndices
{
    /// <summary>Most bits per index.</summary>
    public const int MaxBits = 24;

    // An accumulator of 64 bits takes 32 at a time.
    private const int WordBits = 32;
    private const int WordBytes = 4;

    /// <summary>Bytes of a payload.</summary>
    /// <param name="count">Number of indices, 0 or more.</param>
    /// <param name="bits">Bits of each, 1..24.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static long ByteCount(int count, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        return ((long)count * bits + 7) >> 3;
    }

    /// <summary>Writes indices.</summary>
    /// <param name="indices">Values, each below 2^<paramref name="bits"/>.</param>
    /// <param name="bits">Bits of each, 1..24.</param>
    /// <param name="destination">Where the payload goes.</param>
    /// <returns>Bytes written, see <see cref="ByteCount"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of bits or an index is out of range; nothing was written.</exception>
    public static int Pack(ReadOnlySpan<int> indices, int bits, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        int length = checked((int)ByteCount(indices.Length, bits));
        Span<byte> target = length == 0 ? [] : destination.GetSpan(length)[..length];
        ulong pending = 0;
        int filled = 0;
        int at = 0;
        foreach (int index in indices)
        {
            if ((uint)index >> bits != 0)
            {
                Reject(index, bits);
            }

            pending |= (ulong)(uint)index << filled;
            filled += bits;
            if (filled >= WordBits)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)pending);
                pending >>= WordBits;
                filled -= WordBits;
                at += WordBytes;
            }
        }

        for (; at < length; at++, pending >>= 8)
        {
            target[at] = (byte)pending;
        }

        destination.Advance(length);
        return length;
    }

    /// <summary>Reads indices.</summary>
    /// <param name="payload">The whole payload and nothing else.</param>
    /// <param name="bits">Bits of each index, 1..24.</param>
    /// <param name="codebookSize">Number of values that are valid, 1..2^<paramref name="bits"/>.</param>
    /// <param name="indices">Receives the indices; 0 from the first fault on, and 0 throughout if the length is wrong.</param>
    /// <returns><see cref="CodingStatus.Truncated"/> or <see cref="CodingStatus.TrailingData"/> for another length than <see cref="ByteCount"/>,
    /// <see cref="CodingStatus.TrailingData"/> also for bits behind the last index that are not zero, <see cref="CodingStatus.LimitExceeded"/> for an index
    /// of <paramref name="codebookSize"/> or more. There is no content check.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of bits or the size is out of range.</exception>
    public static CodingStatus Unpack(ReadOnlySpan<byte> payload, int bits, int codebookSize, Span<int> indices)
    {
        long length = ByteCount(indices.Length, bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(codebookSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(codebookSize, 1 << bits);
        if (payload.Length != length)
        {
            indices.Clear();
            return payload.Length < length ? CodingStatus.Truncated : CodingStatus.TrailingData;
        }

        uint mask = (1u << bits) - 1;
        ulong pending = 0;
        int filled = 0;
        int at = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (filled < bits)
            {
                // 32 bits at once, or one by one the fewer than four bytes that are left; they are enough, since the length is right.
                if (payload.Length - at >= WordBytes)
                {
                    pending |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(payload[at..]) << filled;
                    filled += WordBits;
                    at += WordBytes;
                }
                else
                {
                    for (; at < payload.Length; at++, filled += 8)
                    {
                        pending |= (ulong)payload[at] << filled;
                    }
                }
            }

            uint index = (uint)pending & mask;
            if (index >= (uint)codebookSize)
            {
                indices[i..].Clear();
                return CodingStatus.LimitExceeded;
            }

            indices[i] = (int)index;
            pending >>= bits;
            filled -= bits;
        }

        return pending == 0 ? CodingStatus.Ok : CodingStatus.TrailingData;
    }

    [DoesNotReturn]
    private static void Reject(int index, int bits) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"An index of {bits} bits lies in 0..{(1 << bits) - 1}.");
}
