namespace Codecs.Formats.Container;

/// <summary>How a file is written; nothing in here changes what it means.</summary>
public sealed record NcfWriterOptions
{
    /// <summary>Segments of 64 KiB or five seconds, no digest.</summary>
    public static NcfWriterOptions Default { get; } = new();

    /// <summary>Adds a SHA-256 over the whole file (36 bytes with its chunk).</summary>
    public bool WithDigest { get; init; }

    /// <summary>When new segments begin.</summary>
    public SegmentMode Segments { get; init; }

    /// <summary>A segment is long enough with this many bytes, at least 1.</summary>
    public long SegmentBytes { get; init; } = 64 << 10;

    /// <summary>A segment is long enough after this many ticks of the file's clock; 0 means five seconds.</summary>
    public long SegmentTicks { get; init; }

    /// <summary>Definitions are repeated in the second segment, so that damage to the start of the file costs no more than the first segment, and then in every n-th
    /// one after it, so that readers can join; 0 means never.</summary>
    public int RepeatDefinitions { get; init; } = 4;
}
