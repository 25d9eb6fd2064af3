using Codecs.Formats.Container;

namespace Codecs.Video.Encoding;

/// <summary>What can be kept of an interrupted file: its chunks up to the last key group, of whose chunk nobody knows whether it is whole.</summary>
/// <param name="Units">Units of the pictures to keep, in order.</param>
/// <param name="NextFrame">Number of the first frame that is missing.</param>
/// <param name="NextTick">Its time.</param>
internal sealed record ResumePoint(IReadOnlyList<DataUnit> Units, long NextFrame, long NextTick)
{
    /// <summary>Reads as far as the file is whole.</summary>
    /// <param name="interrupted">The file, at its start; with or without END.</param>
    /// <param name="expected">What a new file would state, all tracks included.</param>
    /// <param name="scale">Ticks of its clock in one of the pictures' own.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <exception cref="MediaException">The file was begun with another format, other tracks, options or weights.</exception>
    internal static ResumePoint Find(Stream interrupted, NcfHeader expected, long scale, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(interrupted, limits);
        var units = new List<DataUnit>();
        int lastKey = 0;
        Track lead = expected.LeadTrack;
        try
        {
            NcfHeader header = reader.ReadHeader()!;
            if (header.Kind != expected.Kind || header.TickRate != expected.TickRate || !header.Tracks.SequenceEqual(expected.Tracks) || !header.Models.SequenceEqual(expected.Models))
            {
                throw Replay.Mismatch();
            }

            while (reader.ReadUnit() is { } unit)
            {
                if (unit.Track == lead.Id)
                {
                    lastKey = unit.IsRandomAccessPoint ? units.Count : lastKey;
                    units.Add(unit.Copy());
                }
            }
        }
        catch (InvalidBitstreamException)
        {
            // The torn end, or damage: what follows is encoded anew.
        }

        return units.Count == 0
            ? new ResumePoint([], 0, 0)
            : new ResumePoint([.. units[..lastKey].Select(u => u with { Timestamp = u.Timestamp / scale })], units[lastKey].Number, lead.TickOf(units[lastKey]) / scale);
    }
}
