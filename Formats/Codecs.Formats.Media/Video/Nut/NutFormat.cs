namespace Codecs.Formats.Media;

/// <summary>What reader and writer of NUT share: ffmpeg's own container, in which uncompressed frames travel with exact times through a pipe.</summary>
/// <remarks>
/// Source: the NUT open container format, draft 20130327 (nut.txt of the NUT repository). A pipe of bare frames would have no times, Y4M only one rate,
/// and Matroska rounds times to milliseconds.
/// </remarks>
internal static class NutFormat
{
    public const ulong MainStart = 0x4E4D7A561F5F04AD;
    public const ulong StreamStart = 0x4E5311405BF2F9DB;
    public const ulong SyncStart = 0x4E4BE4ADEECA4569;
    public const ulong InfoStart = 0x4E49AB68B596BA78;

    /// <summary>Packets that are longer have a checksum of their start code and length.</summary>
    public const int LongPacket = 4096;

    /// <summary>The first byte of every start code; no frame begins with it.</summary>
    public const byte StartByte = (byte)'N';

    /// <summary>What the file begins with, a zero included.</summary>
    public static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;

    private static readonly uint[] s_crc = MakeCrcTable();

    /// <summary>What a frame's header has, by bit.</summary>
    [Flags]
    public enum FrameFlags
    {
        Key = 1,
        CodedTime = 8,
        StreamId = 16,
        SizeMsb = 32,
        Checksum = 64,
        Reserved = 128,
        SideData = 256,
        HeaderIndex = 1024,
        MatchTime = 2048,
        Coded = 4096,
        Invalid = 8192,
    }

    /// <summary>Continues a CRC-32 of the generator 04C11DB7, most significant bit first, from 0 and not inverted.</summary>
    public static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            crc = (crc << 8) ^ s_crc[(crc >> 24) ^ b];
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ (crc >> 31 != 0 ? 0x04C11DB7u : 0);
            }

            table[i] = crc;
        }

        return table;
    }
}
