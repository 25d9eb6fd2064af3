namespace Codecs.Formats.Container;

/// <summary>The fate of a unit, or of several neighbours that are gone.</summary>
public sealed class UnitReport
{
    /// <summary>Place of the (first) unit among all units of the file, from 0. Between two losses it is a guess.</summary>
    public long Ordinal { get; internal set; }

    /// <summary>How many units this is about; more than 1 only for <see cref="UnitStatus.Missing"/>.</summary>
    public long Count { get; internal init; } = 1;

    /// <summary>What became of it. Whoever decodes the unit may find worse and say so here.</summary>
    public UnitStatus Status { get; set; }

    /// <summary>The unit; null when nothing of it can be used. A damaged unit at a cut end holds the payloads that are whole; no checksum vouches for them.</summary>
    public DataUnit? Unit { get; internal init; }

    /// <summary>Found as one damaged DATA chunk by its own head, which may be wrong too.</summary>
    internal bool IsGuess { get; init; }
}
