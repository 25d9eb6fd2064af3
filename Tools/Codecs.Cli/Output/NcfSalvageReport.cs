using Codecs.Formats.Container;

namespace Codecs.Cli.Output;

/// <summary>What is left of a file; from verify --salvage.</summary>
internal sealed record NcfSalvageReport(bool Intact, bool HasEnd, bool? DigestHolds, IReadOnlyList<NcfSalvageReport.UnitFate> Units, IReadOnlyList<NcfSalvageReport.LostBytes> Lost)
{
    internal static NcfSalvageReport From(SalvageReport found) => new(
        found.IsIntact,
        found.HasEnd,
        found.DigestHolds,
        [.. found.Units.Select(u => new UnitFate(u.Ordinal, u.Count, u.Status.ToString(), u.Unit?.Track, u.Unit?.PayloadBytes))],
        [.. found.Lost.Select(l => new LostBytes(l.Offset, l.Length, l.Reason))]);

    /// <param name="Ordinal">Place among all units of the file, from 0.</param>
    /// <param name="Count">More than 1 for several that are missing in a row.</param>
    /// <param name="Status">Ok, Damaged, Missing, ModelMissing or NotDeterministic.</param>
    /// <param name="Track">Number of its track, when known.</param>
    /// <param name="PayloadBytes">Coded bytes that are left, when there are any.</param>
    internal sealed record UnitFate(long Ordinal, long Count, string Status, int? Track, long? PayloadBytes);

    /// <param name="Offset">First lost byte.</param>
    /// <param name="Length">Number of lost bytes.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record LostBytes(long Offset, long Length, string Reason);
}
