using System.Buffers.Binary;
using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>CRC-32C (Castagnoli), the checksum of every chunk: reflected, initial value and final xor 0xFFFFFFFF.</summary>
/// <remarks>Parameters of RFC 3720, appendix B.4; the check value of the ASCII digits "123456789" is E3069283.
/// <see cref="BitOperations.Crc32C(uint, ulong)"/> uses the processor's instruction where there is one and gives the same bits elsewhere.</remarks>
public static class Crc32C
{
    /// <summary>The checksum of one run of bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Continues a checksum: <c>Append(Compute(a), b)</c> is the checksum of a followed by b.</summary>
    /// <param name="checksum">A finished checksum of the bytes so far; 0 for none.</param>
    /// <param name="data">The bytes that follow.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        uint state = ~checksum;
        while (data.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }
}
