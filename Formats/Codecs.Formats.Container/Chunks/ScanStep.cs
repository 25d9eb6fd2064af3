namespace Codecs.Formats.Container;

/// <summary>What a look at the next bytes gave: one of a chunk, a lost range, a wish for more bytes, the end.</summary>
internal readonly record struct ScanStep
{
    /// <summary>No bytes are left.</summary>
    public static ScanStep End => new() { IsEnd = true };

    /// <summary>A chunk.</summary>
    public ChunkInfo? Chunk { get; private init; }

    /// <summary>Bytes that no chunk can be made of.</summary>
    public LostRange? Loss { get; private init; }

    /// <summary>The kind of the one chunk that was lost, by its own head; null when the loss is not known to be one chunk.</summary>
    public ChunkId? LostChunk { get; private init; }

    /// <summary>The window must hold this many bytes (or reach the end of the file) before the next look; 0 when it need not.</summary>
    public long Needed { get; private init; }

    /// <summary>No bytes are left.</summary>
    public bool IsEnd { get; private init; }

    /// <summary>More bytes, please.</summary>
    public static ScanStep Wait(long needed) => new() { Needed = needed };

    /// <summary>A chunk.</summary>
    public static ScanStep OfChunk(in ChunkInfo chunk) => new() { Chunk = chunk };

    /// <summary>A lost range.</summary>
    public static ScanStep OfLoss(in LostRange loss, ChunkId? chunk = null) => new() { Loss = loss, LostChunk = chunk };
}
