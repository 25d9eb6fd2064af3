namespace Codecs.Formats.Container;

/// <summary>Brings a <see cref="CopiedTrack"/> back as the stream that it was.</summary>
public static class CopiedExtraction
{
    /// <summary>Writes the bytes of a file's first copied track.</summary>
    /// <param name="input">The .ncf file, at its start; need not seek.</param>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <param name="recover">Steps over what is damaged or cut off instead of throwing.</param>
    /// <param name="cancellation">Stops between units.</param>
    /// <returns>The track; null when the file has none.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or cut, or lacks a unit; not with <paramref name="recover"/>.</exception>
    public static CopiedTrack? Extract(Stream input, Stream output, NcfLimits limits, bool recover = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        using NcfStreamReader reader = new(input, limits, new NcfReaderOptions { Recover = recover });
        if (reader.ReadHeader()?.Tracks.OfType<CopiedTrack>().MinBy(t => t.Id) is not { } track)
        {
            return null;
        }

        long next = 0;
        while (reader.ReadUnit() is { } unit)
        {
            cancellation.ThrowIfCancellationRequested();
            if (unit.Track != track.Id)
            {
                continue;
            }

            if (unit.Number != next && !recover)
            {
                throw new InvalidBitstreamException($"Unit {next} of track {track.Id} is missing", unit.Offset);
            }

            next = unit.Number + 1;
            foreach (ReadOnlyMemory<byte> payload in unit.Payloads)
            {
                output.Write(payload.Span);
            }
        }

        return track;
    }
}
