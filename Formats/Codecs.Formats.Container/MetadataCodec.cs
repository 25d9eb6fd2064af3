using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The META and COLR payloads.</summary>
internal static class MetadataCodec
{
    private const int CompressionMask = 3;

    /// <summary>Reads a metadata item; null when its compression is not known, so that it is skipped.</summary>
    public static MetadataItem? ReadItem(ReadOnlyMemory<byte> payload, ref ByteCursor cursor, MetadataBudget budget)
    {
        budget.AddChunk("META", cursor.Offset, payload.Length);
        int key = cursor.ReadInt32("key", UnitCodec.MaxId);
        int compression = cursor.ReadByte("flags") & CompressionMask;
        int offset = cursor.Offset;
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
        Throw.IfNotIn((int)item.Key, 0, UnitCodec.MaxId, "metadata key");
        Varint.Write(output, (ulong)item.Key);
        WritePacked(output, item.Bytes.Span, $"{item.Key} metadata");
    }

    /// <summary>Writes the ICC profile.</summary>
    public static void WriteColour(IBufferWriter<byte> output, ReadOnlySpan<byte> icc) => WritePacked(output, icc, "the ICC profile");

    private static void WritePacked(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes, string what)
    {
        // One byte of flags and one of a key must fit beside the bytes.
        Throw.IfNotIn(bytes.Length, 0, NcfLimits.Hard.MaxMetadataBytes - 16, $"bytes of {what}");
        byte[]? packed = MetadataCompression.TryPack(bytes);
        output.Write([packed is null ? (byte)MetadataCompression.None : (byte)MetadataCompression.Brotli]);
        output.Write(packed is null ? bytes : packed);
    }

    private static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> stored, int compression, int offset, MetadataBudget budget)
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
