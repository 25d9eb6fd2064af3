namespace Codecs.Formats.Container;

/// <summary>A cheap test before a checksum is computed: can the start of a chunk that matters stand here?</summary>
/// <remarks>Random bytes pass about once in a thousand, mostly as short chunks, so a search through damage costs about as much as reading it.</remarks>
internal static class ChunkGuess
{
    // Definitions and totals are short; a longer "definition" is a chance hit, and not worth the checksum.
    private const int MaxDefinition = 1 << 12;
    private const byte FlagBits = NcfConstants.Head.IdMask | NcfConstants.Head.Critical | NcfConstants.Head.Checksum;

    /// <summary>True when a chunk with checksum, of a kind that this writer makes, may start the window.</summary>
    public static bool MayStart(ReadOnlySpan<byte> window)
    {
        byte head = window[0];
        if ((head & NcfConstants.Head.Checksum) == 0)
        {
            return false;
        }

        ChunkId id = (ChunkId)(head & NcfConstants.Head.IdMask);
        bool isCritical = id is ChunkId.End or ChunkId.Head or ChunkId.Track or ChunkId.Model or ChunkId.Data;
        bool isKnown = isCritical || id is ChunkId.Colour or ChunkId.Metadata or ChunkId.Hash or ChunkId.Index or ChunkId.Layers or ChunkId.Segment;
        if (!isKnown || (isCritical && (head & FlagBits) != ((byte)id | NcfConstants.Head.Critical | NcfConstants.Head.Checksum)))
        {
            return false;
        }

        int varint = Varint.TryRead(window[1..], out ulong length);
        return varint switch
        {
            0 => false,
            _ when varint >= window.Length => true,
            _ => length > 0 && (id is ChunkId.Data or ChunkId.Colour or ChunkId.Metadata or ChunkId.Index
                ? StartsLike(id, window[(1 + varint)..])
                : length <= MaxDefinition),
        };
    }

    private static bool StartsLike(ChunkId id, ReadOnlySpan<byte> payload)
    {
        int first = Varint.TryRead(payload, out ulong value);
        if (first == 0 || first >= payload.Length)
        {
            return first != 0;
        }

        return id switch
        {
            ChunkId.Metadata => payload[first] <= MetadataCompression.Brotli,
            ChunkId.Colour => payload[0] <= MetadataCompression.Brotli,
            ChunkId.Data => value < 1 << 10 && CoderFits(payload[first..]),
            _ => true,
        };
    }

    // Number, flags, coder.
    private static bool CoderFits(ReadOnlySpan<byte> fields)
    {
        int number = Varint.TryRead(fields, out _);
        if (number == 0 || number + 1 >= fields.Length)
        {
            return number != 0;
        }

        byte coder = fields[number + 1];
        return (coder & 0x1F) <= (byte)CoderId.Brotli && coder >> 5 <= (int)ContentCheck.None;
    }
}
