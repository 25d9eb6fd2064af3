namespace Codecs.Formats.Container;

/// <summary>What is left of a file.</summary>
public sealed class SalvageReport
{
    internal SalvageReport()
    {
    }

    /// <summary>What can be used, as if it were a file of its own: good units, and the tracks, models and metadata that were found. Null when no track was found.</summary>
    public NcfFile? File { get; internal init; }

    /// <summary>The fate of all units that were found or counted, in file order.</summary>
    public required IReadOnlyList<UnitReport> Units { get; init; }

    /// <summary>Bytes that could not be used, in file order.</summary>
    public required IReadOnlyList<LostRange> Lost { get; init; }

    /// <summary>Whether the stored digest is that of the bytes; null without one.</summary>
    public bool? DigestHolds { get; internal init; }

    /// <summary>END was found: the file is not truncated. True for Tiny files, which have none.</summary>
    public bool HasEnd { get; internal init; }

    /// <summary>Nothing is wrong with the file as far as can be told without decoding.</summary>
    public bool IsIntact => HasEnd && Lost.Count == 0 && DigestHolds != false && CountOf(UnitStatus.Ok) == Units.Count;

    /// <summary>Units with a status.</summary>
    public long CountOf(UnitStatus status)
    {
        long sum = 0;
        foreach (UnitReport unit in Units)
        {
            sum += unit.Status == status ? unit.Count : 0;
        }

        return sum;
    }
}
