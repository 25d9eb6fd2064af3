using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>What stands at one place of a file: a good chunk, the start of one, or none. Never throws, because a search asks at many places.</summary>
internal readonly record struct ChunkProbe
{
    /// <summary>Longest head: id, four letters, length.</summary>
    public const int MaxHeadLength = 13;

    // What an array of bytes can hold, with room for a head and a checksum.
    private const long MaxBuffered = int.MaxValue - 128;

    /// <summary>The chunk; its length as its head says it, also when the checksum is wrong.</summary>
    public ChunkInfo Chunk { get; private init; }

    /// <summary>What is wrong, or null.</summary>
    public CodecException? Fault { get; private init; }

    /// <summary>Bytes that must be there before more can be said; 0 when the answer is final.</summary>
    public long Needed { get; private init; }

    /// <summary>Bytes of the chunk by its own, perhaps damaged, head; 0 when it has no usable head.</summary>
    public long DeclaredLength { get; private init; }

    /// <summary>Bytes that went through the checksum.</summary>
    public int Checked { get; private init; }

    /// <summary>A whole chunk, with a right checksum if it has one.</summary>
    public bool IsGood => Fault is null && Needed == 0;

    /// <summary>A good chunk whose checksum proves it.</summary>
    public bool IsProven => IsGood && Chunk.HasChecksum;

    /// <summary>Looks at the start of a window.</summary>
    /// <param name="window">The bytes from <paramref name="offset"/> on.</param>
    /// <param name="offset">Position in the file of the window.</param>
    /// <param name="isComplete">The window reaches to the end of the file.</param>
    /// <param name="limits">Bounds the length.</param>
    public static ChunkProbe At(ReadOnlySpan<byte> window, long offset, bool isComplete, NcfLimits limits)
    {
        if (window.IsEmpty)
        {
            return Incomplete(1, isComplete, offset, "head");
        }

        ChunkId id = (ChunkId)(window[0] & NcfConstants.Head.IdMask);
        int nameLength = id == ChunkId.FourCc ? sizeof(uint) : 0;
        if (window.Length < 2 + nameLength)
        {
            return Incomplete(2 + nameLength, isComplete, offset, "head");
        }

        ReadOnlySpan<byte> name = window.Slice(1, nameLength);
        if (name.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return Bad("Chunk head: a four-letter name is not printable ASCII", offset + 1);
        }

        int varint = Varint.TryRead(window[(1 + nameLength)..], out ulong length);
        int head = 1 + nameLength + varint;
        if (varint == 0)
        {
            return Bad("Chunk head: the length is written longer than needed, expected the shortest form", offset + 1 + nameLength);
        }

        if (head > window.Length)
        {
            return Incomplete(head, isComplete, offset, "length");
        }

        ChunkInfo chunk = new()
        {
            Id = id,
            FourCc = nameLength > 0 ? BinaryPrimitives.ReadUInt32LittleEndian(name) : 0,
            Offset = offset,
            PayloadOffset = offset + head,
            IsCritical = (window[0] & NcfConstants.Head.Critical) != 0,
            IsSafeToCopy = (window[0] & NcfConstants.Head.SafeToCopy) != 0,
            HasChecksum = (window[0] & NcfConstants.Head.Checksum) != 0,
        };
        return WithLength(window, chunk, head, length, isComplete, limits);
    }

    private static ChunkProbe WithLength(ReadOnlySpan<byte> window, ChunkInfo chunk, int head, ulong length, bool isComplete, NcfLimits limits)
    {
        // What the file cannot hold is damage; only what it does hold, or may still bring, can be too much.
        ulong needed = length + (chunk.HasChecksum ? sizeof(uint) : 0UL);
        if (isComplete && needed > (ulong)(window.Length - head))
        {
            return Bad($"Chunk '{chunk.Name}' needs {needed} bytes, {window.Length - head} remain; the file is truncated or damaged", chunk.Offset);
        }

        if (length > (ulong)Math.Min(limits.MaxChunkBytes, MaxBuffered))
        {
            return new ChunkProbe
            {
                Fault = new LimitExceededException(
                    $"Chunk '{chunk.Name}': length is {length}, at most {limits.MaxChunkBytes} is allowed by {nameof(NcfLimits.MaxChunkBytes)} (at byte {chunk.Offset})"),
            };
        }

        chunk = chunk with { PayloadLength = (int)length };
        if (!chunk.HasChecksum && (chunk.PayloadLength >= NcfConstants.ChecksumThreshold || NeedsChecksum(chunk.Id)))
        {
            return Bad($"Chunk '{chunk.Name}' with {chunk.PayloadLength} bytes has no checksum, which it must have; the file is damaged", chunk.Offset);
        }

        if (chunk.TotalLength > window.Length)
        {
            return new ChunkProbe { Chunk = chunk, Needed = chunk.TotalLength };
        }

        return chunk.HasChecksum ? WithChecksum(window, chunk, head) : new ChunkProbe { Chunk = chunk, DeclaredLength = chunk.TotalLength };
    }

    private static ChunkProbe WithChecksum(ReadOnlySpan<byte> window, ChunkInfo chunk, int head)
    {
        int end = head + chunk.PayloadLength;
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(window[end..]);
        uint computed = Crc32C.Compute(window[..end]);
        return new ChunkProbe
        {
            Chunk = chunk,
            DeclaredLength = chunk.TotalLength,
            Checked = end,
            Fault = stored == computed ? null : new InvalidBitstreamException(
                $"Chunk '{chunk.Name}' has checksum {stored:x8}, its bytes give {computed:x8}; the file is damaged", chunk.Offset),
        };
    }

    private static ChunkProbe Incomplete(int needed, bool isComplete, long offset, string field) => isComplete
        ? Bad($"Chunk head: the file stops before its {field} is complete; it is truncated or damaged", offset)
        : new ChunkProbe { Needed = needed };

    private static ChunkProbe Bad(string message, long offset) => new() { Fault = new InvalidBitstreamException(message, offset) };

    // Everything but small DATA and small ancillary chunks.
    private static bool NeedsChecksum(ChunkId id) =>
        id is ChunkId.Head or ChunkId.Track or ChunkId.Model or ChunkId.Segment or ChunkId.Index or ChunkId.End;
}
