using System.Diagnostics;

namespace Codecs.Video.Encoding;

/// <summary>Adds up what was done, for progress. Only under the queue's lock, but for <see cref="IsTimeToReport"/>.</summary>
internal sealed class EncodingMeter(VideoDescription description)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastReport;
    private long _done;
    private long _kept;
    private int _groups;
    private double _errors;
    private long _firstTick = -1;
    private long _lastTick;

    /// <summary>Whether some time has passed since it last was; from any thread.</summary>
    internal bool IsTimeToReport()
    {
        long last = Interlocked.Read(ref _lastReport), now = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(last, now) > s_pause && Interlocked.CompareExchange(ref _lastReport, now, last) == last;
    }

    /// <summary>A group of an interrupted file, of which only the size is known.</summary>
    internal void Keep(int frames)
    {
        _kept += frames;
        _groups++;
    }

    internal void Add(FinishedGroup group)
    {
        _done += group.Ticks.Count;
        _groups++;
        _errors += Math.Pow(10, -group.PsnrDb / 10) * group.Ticks.Count;
        _firstTick = _firstTick < 0 ? group.Ticks[0] : Math.Min(_firstTick, group.Ticks[0]);
        _lastTick = Math.Max(_lastTick, group.Ticks[^1]);
    }

    internal VideoGroup Describe(FinishedGroup group) =>
        new(group.Unit.Number, group.Ticks.Count, description.Clock.Seconds(group.Ticks[0]), group.Unit.IsRandomAccessPoint, group.Unit.PayloadBytes)
        {
            PsnrDb = group.PsnrDb,
            Parts = group.Parts,
        };

    internal VideoProgress Snapshot(long bytes, double framesInWork, VideoGroup? group)
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds, encoded = _done + framesInWork;
        long all = _done + _kept;
        double media = MediaSeconds() * (_done > 0 ? (double)all / _done : 0);
        double share = description.FrameCount is > 0 and { } count ? Math.Min(1, (_kept + encoded) / count) : 0;
        return new VideoProgress
        {
            FramesDone = all,
            FrameCount = description.FrameCount,
            Groups = _groups,
            Bytes = bytes,
            PsnrDb = _done > 0 ? -10 * Math.Log10(_errors / _done) : null,
            KilobitsPerSecond = media > 0 ? bytes / media / 125 : 0,
            Fraction = share,
            Seconds = seconds,
            SecondsLeft = encoded > 0 && description.FrameCount is { } frames ? Math.Max(0, seconds / encoded * (frames - _kept - encoded)) : null,
            ProjectedBytes = all > 0 && description.FrameCount is { } total ? bytes * Math.Max(total, all) / all : null,
            Group = group,
        };
    }

    // From the first frame's beginning to the last one's end, as if all lasted equally long.
    private double MediaSeconds() => _done < 2
        ? description.Clock.Seconds(Math.Max(description.FrameTicks, 1)) * _done
        : description.Clock.Seconds(_lastTick - _firstTick) / (_done - 1) * _done;
}
