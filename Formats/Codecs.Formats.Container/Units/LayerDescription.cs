namespace Codecs.Formats.Container;

/// <summary>What one layer of a track is good for, so that a reader can decide where to stop.</summary>
public sealed record LayerDescription
{
    /// <summary>The track.</summary>
    public int Track { get; init; }

    /// <summary>The layer, 0..7, as in <see cref="DataUnit.Layer"/>.</summary>
    public required int Layer { get; init; }

    /// <summary>What it is for.</summary>
    public required LayerPurpose Purpose { get; init; }

    /// <summary>The layer has width and height (or rate) divided by this, 1..2^30-1.</summary>
    public int ScaleDenominator { get; init; } = 1;

    /// <summary>Share in the track's bytes of this layer and all before it, in thousandths, 0..1000; 0 when not known. A hint.</summary>
    public int CumulativeShare { get; init; }
}
