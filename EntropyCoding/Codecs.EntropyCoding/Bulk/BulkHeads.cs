using System.Buffers.Binary;
using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>The start of a bulk payload: lane count and tail length, then the states of the lanes without the bits that go without saying.</summary>
/// <remarks>
/// <para>Header: the number 4 * tail groups + log2(lanes / 4) in 1, 2 or 4 bytes, big-endian; the two top bits of the first byte, 00, 01 or 10, say how
/// many (RFC 9000, section 16). Only the shortest form is accepted, 8 bytes (11) never.</para>
/// <para>Heads: a state has 17 to 32 significant bits. First the number of significant bits minus 17, four bits for each lane, two lanes a byte, the even one
/// low. Then, lane after lane from the lowest bit of the first byte up, the bits below the top bit, lowest first. Unused bits of the last byte are zero.
/// That is 4.5 bits above the information that a state holds, where four bytes would waste 8.</para>
/// </remarks>
internal static class BulkHeads
{
    /// <summary>Most bytes of header and heads.</summary>
    public const int MaxBytes = 4 + Rans32.MaxLanes / 2 + 31 * Rans32.MaxLanes / 8;

    private const int LeastSignificantBits = 17;

    /// <summary>Writes the header; returns its length.</summary>
    public static int WriteHeader(int lanes, int tailGroups, Span<byte> target)
    {
        uint header = (uint)tailGroups << 2 | (uint)BitOperations.Log2((uint)lanes / Rans32.MinLanes);
        if (header < 1 << 6)
        {
            target[0] = (byte)header;
            return 1;
        }

        if (header < 1 << 14)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)(header | 1 << 14));
            return 2;
        }

        BinaryPrimitives.WriteUInt32BigEndian(target, header | 1u << 31);
        return 4;
    }

    /// <summary>Reads the header.</summary>
    /// <returns><see cref="CodingStatus.Ok"/>, <see cref="CodingStatus.Truncated"/> or <see cref="CodingStatus.InvalidHead"/>.</returns>
    public static CodingStatus ReadHeader(ReadOnlySpan<byte> payload, out int lanes, out int tailGroups, out int length)
    {
        (lanes, tailGroups, length) = (0, 0, 0);
        if (payload.IsEmpty)
        {
            return CodingStatus.Truncated;
        }

        length = 1 << (payload[0] >> 6);
        if (length > 4)
        {
            return CodingStatus.InvalidHead;
        }

        if (payload.Length < length)
        {
            return CodingStatus.Truncated;
        }

        uint header = length switch
        {
            1 => payload[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(payload) & 0x3FFFu,
            _ => BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x3FFFFFFFu,
        };
        lanes = Rans32.MinLanes << (int)(header & 3);
        tailGroups = (int)(header >> 2);
        bool shortest = length == 1 || header >= 1u << (length == 2 ? 6 : 14);
        return shortest ? CodingStatus.Ok : CodingStatus.InvalidHead;
    }

    /// <summary>Writes the states; returns the number of bytes.</summary>
    public static int WriteStates(ReadOnlySpan<uint> states, Span<byte> target)
    {
        int length = states.Length / 2;
        target[..length].Clear();
        ulong pending = 0;
        int bits = 0;
        for (int lane = 0; lane < states.Length; lane++)
        {
            int below = BitOperations.Log2(states[lane]);
            target[lane >> 1] |= (byte)((below + 1 - LeastSignificantBits) << (4 * (lane & 1)));
            pending |= (ulong)(states[lane] - (1u << below)) << bits;
            for (bits += below; bits >= 8; bits -= 8, pending >>= 8)
            {
                target[length++] = (byte)pending;
            }
        }

        if (bits > 0)
        {
            target[length++] = (byte)pending;
        }

        return length;
    }

    /// <summary>Reads one state per lane.</summary>
    /// <returns><see cref="CodingStatus.Ok"/>, <see cref="CodingStatus.Truncated"/> or <see cref="CodingStatus.InvalidHead"/>.</returns>
    public static CodingStatus ReadStates(ReadOnlySpan<byte> payload, Span<uint> states, out int length)
    {
        length = states.Length / 2;
        ulong pending = 0;
        int bits = 0;
        for (int lane = 0; lane < states.Length; lane++)
        {
            if (payload.Length < states.Length / 2)
            {
                return CodingStatus.Truncated;
            }

            int below = (payload[lane >> 1] >> (4 * (lane & 1)) & 15) + LeastSignificantBits - 1;
            for (; bits < below; bits += 8)
            {
                if (length == payload.Length)
                {
                    return CodingStatus.Truncated;
                }

                pending |= (ulong)payload[length++] << bits;
            }

            uint top = 1u << below;
            states[lane] = top | ((uint)pending & (top - 1));
            pending >>= below;
            bits -= below;
        }

        return pending == 0 ? CodingStatus.Ok : CodingStatus.InvalidHead;
    }
}
