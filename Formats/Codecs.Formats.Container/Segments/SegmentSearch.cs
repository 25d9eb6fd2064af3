namespace Codecs.Formats.Container;

/// <summary>Finds the next segment by its sync bytes; remembers what it has seen, so that no byte is searched twice.</summary>
internal sealed class SegmentSearch(NcfLimits limits)
{
    /// <summary>Bytes behind which the start of a segment is complete: head, length, sync and fields as long as a writer of this version makes them.</summary>
    public const int MaxLength = 64;

    private const byte SegmentHead = (byte)ChunkId.Segment | NcfConstants.Head.Checksum;

    // First byte of the lengths 64..255; longer ones would let a hostile file make each sync expensive.
    private const byte LongLength = 0x40;

    private long _next = -1;
    private long _freeUntil;

    /// <summary>Forgets everything.</summary>
    public void Reset() => (_next, _freeUntil) = (-1, 0);

    /// <summary>The distance to the next SEGM chunk with a right checksum behind the first byte of the window, or -1.</summary>
    /// <param name="window">Bytes of the file.</param>
    /// <param name="position">Their position in the file.</param>
    /// <param name="isComplete">The window reaches to the end of the file.</param>
    public int Find(ReadOnlySpan<byte> window, long position, bool isComplete)
    {
        if (_next > position)
        {
            return (int)(_next - position);
        }

        int from = (int)Math.Max(1, _freeUntil - position);
        while (from < window.Length)
        {
            int sync = window[from..].IndexOf(NcfConstants.SegmentSync);
            if (sync < 0)
            {
                break;
            }

            sync += from;

            // The head is one byte, the length one or, if newer writers append much, two.
            for (int head = 2; head <= 3 && sync - head > 0; head++)
            {
                if (window[sync - head] != SegmentHead || (head == 3 && window[sync - 2] != LongLength))
                {
                    continue;
                }

                ChunkProbe probe = ChunkProbe.At(window[(sync - head)..], position + sync - head, isComplete, limits);
                if (probe.IsProven && probe.Chunk.Id == ChunkId.Segment && probe.Chunk.PayloadOffset == position + sync)
                {
                    _next = position + sync - head;
                    return sync - head;
                }
            }

            if (!isComplete && window.Length - sync < MaxLength)
            {
                break;
            }

            from = sync + 1;
        }

        _freeUntil = position + (isComplete ? window.Length : Math.Max(from, window.Length - MaxLength));
        return -1;
    }
}
