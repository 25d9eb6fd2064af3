using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes whole .ncf files. Equal input gives equal bytes: no clocks, names, paths or random numbers enter.</summary>
/// <remarks>To write units as they come, use <see cref="NcfStreamWriter"/>, which is underneath.</remarks>
public static class NcfWriter
{
    /// <summary>Writes a Tiny file.</summary>
    /// <param name="output">Receives the file.</param>
    /// <param name="draft">The header.</param>
    /// <param name="payload">The coded unit, in the coder that the model's manifest names.</param>
    /// <exception cref="ArgumentException">The draft does not fit the Tiny profile; the message says why.</exception>
    public static void WriteTiny(IBufferWriter<byte> output, TinyDraft draft, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(draft);
        TinyCodec.WriteHeader(output, draft);
        output.Write(payload);
    }

    /// <summary>Makes a Tiny file.</summary>
    /// <inheritdoc cref="WriteTiny(IBufferWriter{byte}, TinyDraft, ReadOnlySpan{byte})"/>
    /// <returns>The file.</returns>
    public static byte[] WriteTiny(TinyDraft draft, ReadOnlySpan<byte> payload)
    {
        ArrayBufferWriter<byte> output = new(16 + payload.Length);
        WriteTiny(output, draft, payload);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a Full file without segments: HEAD, TRAK, MODL, LAYR, COLR, META, DATA, HASH, END, each with a checksum.</summary>
    /// <param name="output">Receives the file. On an error it may have received a part.</param>
    /// <param name="draft">What to write.</param>
    /// <exception cref="ArgumentException">The parts contradict each other or do not fit the format; the message says why.</exception>
    public static void WriteFull(IBufferWriter<byte> output, NcfDraft draft)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(draft);
        HashSet<int> used = [.. draft.Units.Select(u => u.Track)];
        if (FileRules.FindEmptyTrack(draft.Kind, draft.Tracks, used.Contains) is { } fault)
        {
            throw new ArgumentException($"The file would contradict itself: {fault}.", nameof(draft));
        }

        NcfWriterOptions options = new() { WithDigest = draft.WithDigest, Segments = SegmentMode.None };
        using NcfStreamWriter writer = new(output, draft with { UnitCount = draft.Units.Count }, options);
        foreach (DataUnit unit in draft.Units)
        {
            writer.WriteUnit(unit);
        }

        writer.Complete();
    }

    /// <summary>Makes a Full file.</summary>
    /// <inheritdoc cref="WriteFull(IBufferWriter{byte}, NcfDraft)"/>
    /// <returns>The file.</returns>
    public static byte[] WriteFull(NcfDraft draft)
    {
        ArrayBufferWriter<byte> output = new();
        WriteFull(output, draft);
        return output.WrittenSpan.ToArray();
    }
}
