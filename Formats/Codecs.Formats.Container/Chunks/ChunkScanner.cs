namespace Codecs.Formats.Container;

/// <summary>Finds the chunks of a Full file one after the other, in memory or as bytes arrive, and steps over damage if it may.</summary>
/// <remarks>
/// <para>The caller shows a window that starts at <see cref="Position"/> and moves on by what each <see cref="ScanStep"/> says. The scanner keeps no bytes.</para>
/// <para>Stepping over damage: if the place where the damaged chunk claims to end holds a chunk with a right checksum, only that chunk is lost,
/// unless a segment starts in between. Otherwise the next chunk whose checksum is right counts, at the latest the next segment.
/// A chunk without checksum is believed only if the chain of chunks behind it reaches one with a right checksum (or the end) within 128 KiB.</para>
/// <para>Time is linear: each byte is searched once, and the bytes that went through checksums that turned out wrong are counted. A file that asks for more than
/// sixteen times its size is hostile, and the rest of it is given up.</para>
/// </remarks>
/// <param name="limits">Bounds the length of a chunk.</param>
/// <param name="recover">Step over damage instead of throwing.</param>
internal sealed class ChunkScanner(NcfLimits limits, bool recover)
{
    private const int WastePerByte = 16;
    private const int FreeWaste = 1 << 20;
    private const int MaxUnproven = 1 << 17;

    private readonly SegmentSearch _segments = new(limits);
    private bool _searching;
    private bool _hopeless;
    private long _declared;
    private long _believedUntil;
    private long _walkStart = -1;
    private int _walked;
    private long _wasted;
    private string _reason = "";

    /// <summary>Position in the file of the next byte to look at.</summary>
    public long Position { get; private set; }

    /// <summary>Goes to another place; what is there is not known to be a chunk's start.</summary>
    public void MoveTo(long position)
    {
        Position = position;
        _searching = false;
        _believedUntil = 0;
        _segments.Reset();
    }

    /// <summary>Says that what stands at the position cannot be used, for a reason the caller saw.</summary>
    public void StartSearch(string reason)
    {
        _searching = true;
        _declared = 0;
        _reason = reason;
    }

    /// <summary>Looks for the next chunk. After a chunk or a loss the position has moved behind it.</summary>
    /// <param name="window">The bytes from <see cref="Position"/> on.</param>
    /// <param name="isComplete">The window reaches to the end of the file.</param>
    public ScanStep Next(ReadOnlySpan<byte> window, bool isComplete)
    {
        if (window.IsEmpty)
        {
            return isComplete ? ScanStep.End : ScanStep.Wait(1);
        }

        if (!_searching)
        {
            ChunkProbe probe = Probe(window, 0, isComplete);
            if (probe.Needed > 0)
            {
                return ScanStep.Wait(probe.Needed);
            }

            if (probe.IsGood && (probe.IsProven || !recover || Position < _believedUntil))
            {
                return Found(probe.Chunk);
            }

            if (!recover)
            {
                throw probe.Fault!;
            }

            if (probe.IsGood)
            {
                long needed = Believe(window, isComplete);
                if (needed > 0 || Position < _believedUntil)
                {
                    return needed > 0 ? ScanStep.Wait(needed) : Found(probe.Chunk);
                }
            }

            StartSearch(probe.Fault?.Message ?? $"Chunk '{probe.Chunk.Name}' has no checksum and leads nowhere (at byte {Position})");
            _declared = probe.DeclaredLength;
        }

        return Search(window, isComplete);
    }

    private ScanStep Found(in ChunkInfo chunk)
    {
        Position += chunk.TotalLength;
        return ScanStep.OfChunk(chunk);
    }

    private ScanStep Lost(int length, bool isOver, ChunkId? chunk = null)
    {
        LostRange range = new(Position, length, _reason);
        Position += length;
        _searching = !isOver;
        _declared = 0;
        return ScanStep.OfLoss(range, chunk);
    }

    private ScanStep Search(ReadOnlySpan<byte> window, bool isComplete)
    {
        if (_hopeless)
        {
            return Lost(window.Length, isOver: false);
        }

        int segment = _segments.Find(window, Position, isComplete);
        int end = segment >= 0 ? segment : window.Length;

        // Only the chunk itself, if its length can be believed.
        if (_declared > 0 && _declared <= end)
        {
            ChunkProbe behind = _declared < window.Length || !isComplete ? Probe(window, (int)_declared, isComplete) : default;
            if (behind.Needed > 0 && segment < 0)
            {
                return ScanStep.Wait(_declared + behind.Needed);
            }

            if (_declared == end || behind.IsProven)
            {
                return Lost((int)_declared, isOver: true, (ChunkId)(window[0] & NcfConstants.Head.IdMask));
            }
        }

        for (int at = 1; at < end; at++)
        {
            if (!ChunkGuess.MayStart(window[at..]))
            {
                continue;
            }

            ChunkProbe probe = Probe(window, at, isComplete);
            if (probe.IsProven)
            {
                return Lost(at, isOver: true);
            }

            if (probe.Needed > 0 && segment < 0)
            {
                // Not all of it has arrived; what is before it is lost in any case. The next look is at this very place.
                return Lost(at, isOver: true);
            }

            if (_hopeless)
            {
                break;
            }
        }

        if (segment >= 0 && !_hopeless)
        {
            return Lost(segment, isOver: true);
        }

        // A segment's start may be cut by the end of the window.
        int kept = isComplete ? 0 : Math.Min(window.Length - 1, SegmentSearch.MaxLength);
        return window.Length - kept > 0 && (isComplete || window.Length > SegmentSearch.MaxLength)
            ? Lost(window.Length - kept, isOver: false)
            : ScanStep.Wait(window.Length + 1);
    }

    // Follows chunks without checksum to the first one that proves them all. Returns how many bytes that takes, 0 when it is decided.
    private long Believe(ReadOnlySpan<byte> window, bool isComplete)
    {
        _walked = _walkStart == Position ? _walked : 0;
        _walkStart = Position;
        while (_walked < window.Length || !isComplete)
        {
            ChunkProbe probe = Probe(window, _walked, isComplete);
            if (probe.Needed > 0)
            {
                return _walked + probe.Needed;
            }

            if (!probe.IsGood || _walked > MaxUnproven)
            {
                return 0;
            }

            if (probe.IsProven)
            {
                break;
            }

            _walked += (int)probe.Chunk.TotalLength;
        }

        _believedUntil = Position + _walked;
        return 0;
    }

    private ChunkProbe Probe(ReadOnlySpan<byte> window, int at, bool isComplete)
    {
        ChunkProbe probe = ChunkProbe.At(window[at..], Position + at, isComplete, limits);
        if (probe.Fault is not null)
        {
            _wasted += probe.Checked;
            _hopeless |= _wasted > FreeWaste + (WastePerByte * (Position + window.Length));
        }

        return probe;
    }
}
