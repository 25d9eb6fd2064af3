using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>Cuts a Full file into chunks: checks heads, lengths and checksums, and knows nothing about payloads.</summary>
internal ref struct ChunkReader
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly NcfLimits _limits;
    private int _position;

    /// <summary>Starts after the signature.</summary>
    public ChunkReader(ReadOnlySpan<byte> file, int start, NcfLimits limits)
    {
        _file = file;
        _limits = limits;
        _position = start;
    }

    /// <summary>Position in the file of the next chunk.</summary>
    public readonly int Position => _position;

    /// <summary>True when no byte is left.</summary>
    public readonly bool AtEnd => _position == _file.Length;

    /// <summary>Reads the next head, checks the checksum and steps over the chunk.</summary>
    public ChunkInfo Read()
    {
        ByteCursor cursor = new(_file[_position..], _position, "Chunk head");
        byte head = cursor.ReadByte("head");
        ChunkId id = (ChunkId)(head & NcfConstants.Head.IdMask);
        uint fourCc = id == ChunkId.FourCc ? ReadFourCc(ref cursor) : 0;
        ulong length = cursor.ReadVarint("length");
        bool hasChecksum = (head & NcfConstants.Head.Checksum) != 0;
        ChunkInfo chunk = new()
        {
            Id = id,
            FourCc = fourCc,
            Offset = _position,
            PayloadOffset = cursor.Offset,
            IsCritical = (head & NcfConstants.Head.Critical) != 0,
            IsSafeToCopy = (head & NcfConstants.Head.SafeToCopy) != 0,
            HasChecksum = hasChecksum,
        };

        // What the file cannot hold is damage; only what it does hold can be too much.
        ulong needed = length + (hasChecksum ? sizeof(uint) : 0UL);
        if (needed > (ulong)cursor.Remaining)
        {
            throw new InvalidBitstreamException(
                $"Chunk '{chunk.Name}' needs {needed} bytes, {cursor.Remaining} remain; the file is truncated or damaged", _position);
        }

        NcfLimits.CheckCount($"Chunk '{chunk.Name}'", _position, "length", length, (ulong)_limits.MaxChunkBytes, nameof(NcfLimits.MaxChunkBytes));
        chunk = chunk with { PayloadLength = (int)length };
        CheckChecksum(chunk);
        _position += chunk.TotalLength;
        return chunk;
    }

    private static uint ReadFourCc(ref ByteCursor cursor)
    {
        ReadOnlySpan<byte> letters = cursor.ReadBytes(sizeof(uint), "four-letter name");
        return letters.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? throw cursor.Fault("a four-letter name is not printable ASCII")
            : BinaryPrimitives.ReadUInt32LittleEndian(letters);
    }

    private readonly void CheckChecksum(in ChunkInfo chunk)
    {
        if (!chunk.HasChecksum)
        {
            if (chunk.PayloadLength >= NcfConstants.ChecksumThreshold || NeedsChecksum(chunk.Id))
            {
                throw new InvalidBitstreamException(
                    $"Chunk '{chunk.Name}' with {chunk.PayloadLength} bytes has no checksum, which it must have; the file is damaged", chunk.Offset);
            }

            return;
        }

        int end = chunk.PayloadOffset + chunk.PayloadLength;
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(_file[end..]);
        uint computed = Crc32C.Compute(_file[chunk.Offset..end]);
        if (stored != computed)
        {
            throw new InvalidBitstreamException(
                $"Chunk '{chunk.Name}' has checksum {stored:x8}, its bytes give {computed:x8}; the file is damaged", chunk.Offset);
        }
    }

    // Everything but small DATA and small ancillary chunks.
    private static bool NeedsChecksum(ChunkId id) =>
        id is ChunkId.Head or ChunkId.Track or ChunkId.Model or ChunkId.Segment or ChunkId.Index or ChunkId.End;
}
