namespace Codecs.Formats.Container;

/// <summary>Finds the segments of a file in a stream that can seek, without reading the units.</summary>
internal sealed class SegmentFinder(Stream input, long origin, NcfLimits limits)
{
    // Longer than END, and than a SEGM chunk.
    private const int Glance = 64;

    private readonly byte[] _glance = new byte[Glance];

    /// <summary>The index that END points to.</summary>
    /// <returns>Its entries; null when there is no END at the end of the stream or it leads to no good index.</returns>
    public IReadOnlyList<NcfSegment>? ReadIndex()
    {
        long length = input.Length - origin;
        long tailStart = Math.Max(0, length - Glance);
        ReadOnlySpan<byte> tail = ReadAt(tailStart, _glance);
        for (int at = tail.Length - 1; at >= 0; at--)
        {
            ChunkProbe probe = ChunkProbe.At(tail[at..], tailStart + at, isComplete: true, limits);
            if (!probe.IsProven || probe.Chunk.Id != ChunkId.End || probe.Chunk.TotalLength != tail.Length - at)
            {
                continue;
            }

            try
            {
                ByteCursor cursor = new(Payload(tail[at..], probe.Chunk), probe.Chunk.PayloadOffset, probe.Chunk.Name);
                long distance = EndFields.Read(ref cursor).IndexDistance;
                return distance > 0 && distance <= tailStart + at ? ReadIndexAt(tailStart + at - distance) : null;
            }
            catch (InvalidBitstreamException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>True when a segment stands where, and as, an index entry says.</summary>
    public bool IsThere(NcfSegment entry) =>
        ReadSegment(entry.Offset) is { } segment && segment with { Sequence = entry.Sequence } == entry;

    /// <summary>Goes through the file from chunk to chunk, heads only, as far as it is whole.</summary>
    public IReadOnlyList<NcfSegment> Hop()
    {
        List<NcfSegment> segments = [];
        long at = FullParser.SignatureLength;
        for (int chunks = 0; chunks < limits.MaxChunks; chunks++)
        {
            ReadOnlySpan<byte> bytes = ReadAt(at, _glance);
            ChunkProbe probe = ChunkProbe.At(bytes, at, isComplete: false, limits);
            long length = Math.Max(probe.DeclaredLength, probe.Needed);
            if (length <= 1 || probe.Chunk.Id == ChunkId.End)
            {
                break;
            }

            if (probe.Chunk.Id == ChunkId.Segment && ReadSegment(at) is { } segment)
            {
                segments.Add(segment);
            }

            at += length;
        }

        return segments;
    }

    private List<NcfSegment>? ReadIndexAt(long at)
    {
        ReadOnlySpan<byte> bytes = ReadAt(at, _glance);
        ChunkProbe probe = ChunkProbe.At(bytes, at, isComplete: false, limits);
        if (probe.Needed > bytes.Length && probe.Chunk.Id == ChunkId.Index && probe.Needed <= input.Length - origin - at)
        {
            bytes = ReadAt(at, new byte[(int)probe.Needed]);
            probe = ChunkProbe.At(bytes, at, isComplete: true, limits);
        }

        if (!probe.IsProven || probe.Chunk.Id != ChunkId.Index)
        {
            return null;
        }

        ByteCursor cursor = new(Payload(bytes, probe.Chunk), probe.Chunk.PayloadOffset, probe.Chunk.Name);
        return IndexCodec.Read(ref cursor);
    }

    private NcfSegment? ReadSegment(long at)
    {
        if (at < 0 || at >= input.Length - origin)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = ReadAt(at, _glance);
        ChunkProbe probe = ChunkProbe.At(bytes, at, isComplete: true, limits);
        if (!probe.IsProven || probe.Chunk.Id != ChunkId.Segment)
        {
            return null;
        }

        try
        {
            ByteCursor cursor = new(Payload(bytes, probe.Chunk), probe.Chunk.PayloadOffset, probe.Chunk.Name);
            return SegmentCodec.Read(ref cursor, at, out _);
        }
        catch (InvalidBitstreamException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> chunk, in ChunkInfo info) =>
        chunk.Slice((int)(info.PayloadOffset - info.Offset), info.PayloadLength);

    private ReadOnlySpan<byte> ReadAt(long at, byte[] buffer)
    {
        input.Position = origin + at;
        return buffer.AsSpan(0, input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
