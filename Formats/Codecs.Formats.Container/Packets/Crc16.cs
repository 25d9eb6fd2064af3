namespace Codecs.Formats.Container;

/// <summary>CRC-16/X-25, the checksum of a packet: polynomial x^16 + x^12 + x^5 + 1, reflected, initial value and final xor 0xFFFF.</summary>
/// <remarks>ITU-T X.25, 2.2.7.4; the check value of the ASCII digits "123456789" is 906E.</remarks>
public static class Crc16
{
    private const ushort Polynomial = 0x8408; // bits reversed
    private static readonly ushort[] s_table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The checksum of one run of bytes.</summary>
    public static ushort Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Continues a checksum: <c>Append(Compute(a), b)</c> is the checksum of a followed by b.</summary>
    /// <param name="checksum">A finished checksum of the bytes so far; 0 for none.</param>
    /// <param name="data">The bytes that follow.</param>
    public static ushort Append(ushort checksum, ReadOnlySpan<byte> data)
    {
        ushort state = (ushort)~checksum;
        foreach (byte value in data)
        {
            state = (ushort)((state >> 8) ^ s_table[(state ^ value) & 0xFF]);
        }

        return (ushort)~state;
    }

    private static ushort Remainder(int value)
    {
        int state = value;
        for (int bit = 0; bit < 8; bit++)
        {
            state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ Polynomial;
        }

        return (ushort)state;
    }
}
