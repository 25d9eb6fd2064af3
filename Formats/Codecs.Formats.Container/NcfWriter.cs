using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes .ncf files. Equal input gives equal bytes: no clocks, names, paths or random numbers enter.</summary>
public static class NcfWriter
{
    private const byte MinorVersion = 0;
    private const byte DigestSha256 = 1;

    /// <summary>Writes a Tiny file.</summary>
    /// <param name="output">Receives the file.</param>
    /// <param name="still">The header.</param>
    /// <param name="payload">The coded picture, in the coder that the model's manifest names.</param>
    /// <exception cref="ArgumentException">The still does not fit the Tiny profile; the message says why.</exception>
    public static void WriteTiny(IBufferWriter<byte> output, TinyStill still, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(still);
        TinyCodec.WriteHeader(output, still);
        output.Write(payload);
    }

    /// <summary>Makes a Tiny file.</summary>
    /// <inheritdoc cref="WriteTiny(IBufferWriter{byte}, TinyStill, ReadOnlySpan{byte})"/>
    /// <returns>The file.</returns>
    public static byte[] WriteTiny(TinyStill still, ReadOnlySpan<byte> payload)
    {
        ArrayBufferWriter<byte> output = new(16 + payload.Length);
        WriteTiny(output, still, payload);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a Full file: HEAD, TRAK, MODL, COLR, META, DATA, HASH, END, each with a checksum.</summary>
    /// <param name="output">Receives the file. On an error it may have received a part.</param>
    /// <param name="draft">What to write.</param>
    /// <exception cref="ArgumentException">The parts contradict each other or do not fit the format; the message says why.</exception>
    public static void WriteFull(IBufferWriter<byte> output, NcfDraft draft)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(draft);
        Check(draft);
        using ChunkEmitter emitter = new(output, draft.WithDigest);
        ArrayBufferWriter<byte> fields = emitter.Fields;
        emitter.WriteSignature();

        fields.Write<byte>([0, MinorVersion, 0]); // kind: still picture; flags: none
        Varint.Write(fields, (ulong)draft.Units.Count);
        emitter.WriteChunk(ChunkId.Head, NcfConstants.Head.Critical);
        WriteDefinitions(emitter, draft);
        WriteUnits(emitter, draft);
        if (draft.WithDigest)
        {
            fields.Write([DigestSha256]);
            fields.Write(emitter.DigestSoFar());
            emitter.WriteChunk(ChunkId.Hash, 0);
        }

        Varint.Write(fields, (ulong)draft.Units.Count);
        Varint.Write(fields, 0); // no index
        emitter.WriteChunk(ChunkId.End, NcfConstants.Head.Critical);
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

    private static void Check(NcfDraft draft)
    {
        if (FileRules.FindFault(draft.Tracks, draft.Models, draft.Units) is { } fault)
        {
            throw new ArgumentException($"The file would contradict itself: {fault}.", nameof(draft));
        }

        if (draft.Models.DistinctBy(m => m.Index).Count() != draft.Models.Count)
        {
            throw new ArgumentException("Two models have the same index.", nameof(draft));
        }

        int singles = draft.Metadata.Count(m => FileRules.IsSingle(m.Key));
        if (singles != draft.Metadata.Where(m => FileRules.IsSingle(m.Key)).DistinctBy(m => m.Key).Count())
        {
            throw new ArgumentException("Exif, XMP and IPTC metadata come at most once each.", nameof(draft));
        }

        // Written files must be readable with the default limits, or people cannot open their own pictures.
        int items = draft.Metadata.Count + (draft.IccProfile is null ? 0 : 1);
        long bytes = draft.Metadata.Sum(m => (long)m.Bytes.Length) + (draft.IccProfile?.Length ?? 0);
        Throw.IfNotIn(items, 0, NcfLimits.Default.MaxMetadataItems, "number of metadata items");
        Throw.IfNotIn(bytes, 0, NcfLimits.Default.MaxMetadataTotalBytes - 4096, "bytes of metadata in total");
    }

    private static void WriteDefinitions(ChunkEmitter emitter, NcfDraft draft)
    {
        foreach (PictureTrack track in draft.Tracks.OrderBy(t => t.Id))
        {
            TrackCodec.Write(emitter.Fields, track);
            emitter.WriteChunk(ChunkId.Track, NcfConstants.Head.Critical);
        }

        foreach (ModelReference model in draft.Models.OrderBy(m => m.Index))
        {
            ModelCodec.Write(emitter.Fields, model);
            emitter.WriteChunk(ChunkId.Model, NcfConstants.Head.Critical);
        }

        if (draft.IccProfile is { } icc)
        {
            // The profile replaces the track's code points: a reader that cannot use it would show wrong colours.
            MetadataCodec.WriteColour(emitter.Fields, icc.Span);
            emitter.WriteChunk(ChunkId.Colour, NcfConstants.Head.Critical);
        }

        foreach (MetadataItem item in draft.Metadata.Order(MetadataOrder.Instance))
        {
            MetadataCodec.WriteItem(emitter.Fields, item);
            emitter.WriteChunk(ChunkId.Metadata, NcfConstants.Head.SafeToCopy);
        }
    }

    private static void WriteUnits(ChunkEmitter emitter, NcfDraft draft)
    {
        Dictionary<int, ModelReference?> models = draft.Tracks.ToDictionary(t => t.Id, t => draft.Models.FirstOrDefault(m => m.Index == t.Model));
        Dictionary<int, long> last = [];
        foreach (DataUnit unit in draft.Units)
        {
            UnitCodec.WriteFields(emitter.Fields, unit, last.GetValueOrDefault(unit.Track), models[unit.Track]);
            emitter.WriteChunk(ChunkId.Data, NcfConstants.Head.Critical, unit.Payloads);
            last[unit.Track] = unit.Number;
        }
    }

    private sealed class MetadataOrder : IComparer<MetadataItem>
    {
        public static readonly MetadataOrder Instance = new();

        public int Compare(MetadataItem? x, MetadataItem? y)
        {
            int byKey = x!.Key.CompareTo(y!.Key);
            return byKey != 0 ? byKey : x.Bytes.Span.SequenceCompareTo(y.Bytes.Span);
        }
    }
}
