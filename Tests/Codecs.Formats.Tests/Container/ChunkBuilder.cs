using System.Buffers.Binary;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>Puts files together chunk by chunk, also files that the writer would refuse. Lengths stay below 64 to be one byte.</summary>
internal static class ChunkBuilder
{
    public const byte Critical = 0x20;
    public const byte Checksum = 0x80;

    public static byte[] Signature => Golden.Hex("9e4e43460d0a1a01");

    public static byte[] Head => Chunk(1, [0, 0, 0, 0]);

    public static byte[] Trak => Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1]);

    public static byte[] Model => Chunk(3, [0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8]);

    public static byte[] Data => Chunk(4, [0, 0, 1, 1, 1, 0xAA]);

    public static byte[] End => Chunk(0, [1, 0]);

    /// <summary>A SEGM chunk; all fields but the sequence are below 64.</summary>
    public static byte[] Segment(uint sequence, byte unitsBefore, byte tick, byte distance)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, sequence);
        return Chunk(5, Checksum, [.. Golden.Hex("9e53594e43f17a5c"), .. number, unitsBefore, tick, distance]);
    }

    /// <summary>A critical chunk with checksum.</summary>
    public static byte[] Chunk(byte id, byte[] payload) => Chunk(id, Critical | Checksum, payload);

    public static byte[] Chunk(byte id, byte bits, byte[] payload, string? fourCc = null)
    {
        byte[] name = fourCc is null ? [] : System.Text.Encoding.ASCII.GetBytes(fourCc);
        byte[] length = payload.Length < 64 ? [(byte)payload.Length] : [(byte)(0x40 | (payload.Length >> 8)), (byte)payload.Length];
        byte[] body = [(byte)(id | bits), .. name, .. length, .. payload];
        if ((bits & Checksum) == 0)
        {
            return body;
        }

        byte[] crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32C.Compute(body));
        return [.. body, .. crc];
    }

    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(c => c)];

    /// <summary>The standard file with one chunk put before DATA.</summary>
    public static byte[] FileWith(byte[] extra) => File(Head, Trak, Model, extra, Data, End);

    public static NcfFile Parse(byte[] file) => NcfFile.Parse(file, NcfLimits.Default);
}
