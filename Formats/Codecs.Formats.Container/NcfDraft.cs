namespace Codecs.Formats.Container;

/// <summary>What goes into a Full file. A parsed file's parts can be taken over as they are.</summary>
public sealed record NcfDraft
{
    /// <summary>One colour track and, at most, one alpha track; written by ascending number.</summary>
    public required IReadOnlyList<PictureTrack> Tracks { get; init; }

    /// <summary>The models of the tracks; written by ascending index.</summary>
    public IReadOnlyList<ModelReference> Models { get; init; } = [];

    /// <summary>The coded units, written in this order.</summary>
    public required IReadOnlyList<DataUnit> Units { get; init; }

    /// <summary>Metadata; written sorted by key and bytes, compressed where that is smaller.</summary>
    public IReadOnlyList<MetadataItem> Metadata { get; init; } = [];

    /// <summary>ICC profile; null when the code points of the tracks say it all.</summary>
    public ReadOnlyMemory<byte>? IccProfile { get; init; }

    /// <summary>Adds a SHA-256 over the whole file (36 bytes with its chunk), for archives.</summary>
    public bool WithDigest { get; init; }
}
