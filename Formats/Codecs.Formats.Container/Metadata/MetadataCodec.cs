using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The META and COLR payloads.</summary>
internal static class MetadataCodec
{
    private const int CompressionMask = 3;

    /// <summary>The key alone, also of an item whose compression is not known; null when there is none.</summary>
    public static MetadataKey? PeekKey(ReadOnlySpan<byte> payload)
    {
        int length = Varint.TryRead(payload, out ulong key);
        return length > 0 && length <= payload.Length && key <= UnitCodec.MaxId ? (MetadataKey)key : null;
    }

    /// <summary>Reads a metadata item; null when its compression is not known, so that it is skipped.</summary>
    public static MetadataItem? ReadItem(ReadOnlyMemory<byte> payload, ref ByteCursor cursor, MetadataBudget budget)
    {
        budget.AddChunk("META", cursor.Offset, payload.Length);
        int key = cursor.ReadInt32("key", UnitCodec.MaxId);
        int compression = cursor.ReadByte("flags") & CompressionMask;
        long offset = cursor.Offset;
        return Unpack(payload[cursor.Position..], compression, offset, budget) is { } bytes ? new MetadataItem((MetadataKey)key, bytes) : null;
    }

    /// <summary>Reads the ICC profile.</summary>
    public static ReadOnlyMemory<byte> ReadColour(ReadOnlyMemory<byte> payload, ref ByteCursor cursor, MetadataBudget budget)
    {
        budget.AddChunk("COLR", cursor.Offset, payload.Length);
        int compression = cursor.ReadByte("flags") & CompressionMask;
        return Unpack(payload[cursor.Position..], compression, cursor.Offset, budget)
            ?? throw new UnsupportedBitstreamException($"COLR uses compression {compression}, this build knows 0 (none) and 1 (Brotli)");
    }

    /// <summary>Writes a metadata item.</summary>
    public static void WriteItem(IBufferWriter<byte> output, MetadataItem item)
    {
        Varint.Write(output, (ulong)item.Key);
        WritePacked(output, item.Bytes.Span);
    }

    /// <summary>Writes the ICC profile.</summary>
    public static void WriteColour(IBufferWriter<byte> output, ReadOnlySpan<byte> icc) => WritePacked(output, icc);

    /// <summary>Refuses more bytes than a chunk of metadata may have; a key and a byte of flags must fit beside them.</summary>
    public static void CheckLength(int bytes) => Throw.IfNotIn(bytes, 0, NcfLimits.Hard.MaxMetadataBytes - 16, "bytes of a piece of metadata");

    private static void WritePacked(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        byte[]? packed = MetadataCompression.TryPack(bytes);
        output.Write([packed is null ? (byte)MetadataCompression.None : (byte)MetadataCompression.Brotli]);
        output.Write(packed is null ? bytes : packed);
    }

    private static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> stored, int compression, long offset, MetadataBudget budget)
    {
        switch (compression)
        {
            case MetadataCompression.None:
                return stored;
            case MetadataCompression.Brotli:
                byte[] bytes = MetadataCompression.Unpack(stored.Span, offset, budget);
                budget.AddUnpacked(bytes.Length);
                return bytes;
            default:
                return null;
        }
    }
}
