using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Writes what describes a file: HEAD, TRAK, MODL, LAYR, COLR. These chunks are the same bytes at the start of the file and in later segments.</summary>
internal static class Definitions
{
    /// <summary>Checks a header and writes its definitions.</summary>
    /// <exception cref="ArgumentException">The header contradicts itself or does not fit the format.</exception>
    public static byte[] Encode(NcfHeader header)
    {
        if (FileRules.FindFault(header) is { } fault)
        {
            throw new ArgumentException($"The file would contradict itself: {fault}.", nameof(header));
        }

        ArrayBufferWriter<byte> output = new();
        using ChunkEmitter emitter = new(output, withDigest: false);
        WriteHead(emitter, header);
        foreach (Track track in header.Tracks.OrderBy(t => t.Id))
        {
            TrackCodec.Write(emitter.NewFields(), track);
            emitter.WriteChunk(ChunkId.Track, NcfConstants.Head.Critical);
        }

        foreach (ModelReference model in header.Models.OrderBy(m => m.Index))
        {
            ModelCodec.Write(emitter.NewFields(), model);
            emitter.WriteChunk(ChunkId.Model, NcfConstants.Head.Critical);
        }

        foreach (LayerDescription layer in header.Layers.OrderBy(l => l.Track).ThenBy(l => l.Layer))
        {
            LayerCodec.Write(emitter.NewFields(), layer);
            emitter.WriteChunk(ChunkId.Layers, 0);
        }

        if (header.IccProfile is { } icc)
        {
            // The profile replaces the track's code points: a reader that cannot use it would show wrong colours.
            MetadataCodec.WriteColour(emitter.NewFields(), icc.Span);
            emitter.WriteChunk(ChunkId.Colour, NcfConstants.Head.Critical);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteHead(ChunkEmitter emitter, NcfHeader header)
    {
        Throw.IfNotIn(header.UnitCount, 0, UnitCodec.MaxNumber, "unit count");
        Throw.IfNotIn(header.TotalTicks, 0, (long)Varint.MaxValue, "total ticks");
        Throw.IfNotIn(header.TickRate.Numerator, 0, UnitCodec.MaxId, "tick rate");
        Throw.IfNotIn(header.TickRate.IsNone ? 1 : header.TickRate.Denominator, 1, UnitCodec.MaxId, "tick rate denominator");
        new HeadFields(header.Kind, header.UnitCount, header.TotalTicks, header.TickRate).Write(emitter.NewFields());
        emitter.WriteChunk(ChunkId.Head, NcfConstants.Head.Critical);
    }
}
