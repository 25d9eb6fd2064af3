namespace Codecs.Formats.Container;

/// <summary>What goes into a Full file. A parsed file's parts can be taken over as they are.</summary>
public sealed record NcfDraft : NcfHeader
{
    /// <summary>The coded units, written in this order.</summary>
    public required IReadOnlyList<DataUnit> Units { get; init; }

    /// <summary>Adds a SHA-256 over the whole file (36 bytes with its chunk), for archives.</summary>
    public bool WithDigest { get; init; }
}
