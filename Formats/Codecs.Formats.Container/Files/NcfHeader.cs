namespace Codecs.Formats.Container;

/// <summary>What a file states beside its units: what it is, its tracks and models, and what describes them.</summary>
public record NcfHeader
{
    /// <summary>What the file is.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The tracks; written by ascending number.</summary>
    public required IReadOnlyList<Track> Tracks { get; init; }

    /// <summary>The models of the tracks; written by ascending index.</summary>
    public IReadOnlyList<ModelReference> Models { get; init; } = [];

    /// <summary>Descriptions of layers, optional; written by track and layer.</summary>
    public IReadOnlyList<LayerDescription> Layers { get; init; } = [];

    /// <summary>Metadata; written sorted by key and bytes, compressed where that is smaller.</summary>
    public IReadOnlyList<MetadataItem> Metadata { get; init; } = [];

    /// <summary>ICC profile; null when the code points of the tracks say it all.</summary>
    public ReadOnlyMemory<byte>? IccProfile { get; init; }

    /// <summary>The clock; none for files without time.</summary>
    public TickRate TickRate { get; init; }

    /// <summary>Duration in ticks, 0..2^62-1; 0 when not known or without time.</summary>
    public long TotalTicks { get; init; }

    /// <summary>Units in the file, 0..2^40-1; 0 when not known (streams).</summary>
    public long UnitCount { get; init; }

    /// <summary>The track that decides where segments begin and that seeking refers to: the colour picture of lowest number, else the track of lowest number.</summary>
    public Track LeadTrack => Tracks.OrderBy(t => t is PictureTrack { Role: TrackRole.Colour } ? 0 : 1).ThenBy(t => t.Id).First();

    /// <summary>The model of a track; null when the track's coders need none and none is there.</summary>
    public ModelReference? ModelOf(Track track)
    {
        ArgumentNullException.ThrowIfNull(track);
        return Models.FirstOrDefault(m => m.Index == track.Model);
    }
}
