using Codecs.Formats.Media;

namespace Codecs.Video.Encoding;

/// <summary>Cuts a video into chunks: at scene cuts, and else at the last border of groups before the longest time between key groups is over.</summary>
/// <param name="framesOfGroup">Most frames of the groups of a chunk, by their number.</param>
/// <param name="keyTicks">Longest time from one key group to the next; a first group may take longer.</param>
internal sealed class Chunker(Func<int, int> framesOfGroup, double keyTicks)
{
    private readonly SceneCuts _cuts = new();
    private List<VideoFrame> _chunk = [];
    private (VideoFrame Frame, Thumbnail Thumbnail)? _held;
    private int _groups;
    private int _room;

    /// <summary>Frames that are held.</summary>
    internal int Count => _chunk.Count + (_held is null ? 0 : 1);

    /// <summary>Takes a frame.</summary>
    /// <returns>A chunk that is complete; null most of the time.</returns>
    internal List<VideoFrame>? Push(VideoFrame frame)
    {
        Thumbnail thumbnail = SceneCuts.Of(frame);
        List<VideoFrame>? complete = _held is { } held ? Settle(held, thumbnail) : null;
        _held = (frame, thumbnail);
        return complete;
    }

    /// <summary>Gives what is left.</summary>
    /// <returns>One or two chunks; none when there was no frame.</returns>
    internal IEnumerable<List<VideoFrame>> Flush()
    {
        if (_held is { } held && Settle(held, next: null) is { } complete)
        {
            yield return complete;
        }

        _held = null;
        if (_chunk.Count > 0)
        {
            yield return Take();
        }
    }

    private List<VideoFrame>? Settle((VideoFrame Frame, Thumbnail Thumbnail) held, Thumbnail? next)
    {
        List<VideoFrame>? complete = null;
        if (_cuts.IsCut(held.Thumbnail, next))
        {
            complete = Take();
        }
        else if (_room == 0 && _chunk.Count > 0 && IsTimeForKey(held.Frame))
        {
            complete = Take();
            _cuts.Restart();
            _cuts.IsCut(held.Thumbnail, next);
        }

        if (_room == 0)
        {
            _room = framesOfGroup(_groups++);
        }

        _chunk.Add(held.Frame);
        _room--;
        return complete;
    }

    private bool IsTimeForKey(VideoFrame frame)
    {
        double elapsed = frame.Timestamp - _chunk[0].Timestamp, perFrame = elapsed / _chunk.Count;
        return elapsed + (perFrame * framesOfGroup(_groups)) > keyTicks;
    }

    private List<VideoFrame> Take()
    {
        List<VideoFrame> chunk = _chunk;
        (_chunk, _groups, _room) = ([], 0, 0);
        return chunk;
    }
}
