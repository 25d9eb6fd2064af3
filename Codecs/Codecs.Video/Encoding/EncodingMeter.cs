using System.Diagnostics;

namespace Codecs.Video.Encoding;

/// <summary>Adds up what was done, for progress. Only under the queue's lock, but for <see cref="IsTimeToReport"/>.</summary>
internal sealed class EncodingMeter(VideoDescription description)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastReport;
    private long _done;
    private double _errors;
    private long _kept;
    private long _written;
    private int _groups;
    private long _firstTick = -1;
    private long _lastTick;

    /// <summary>Whether some time has passed since it last was; from any thread.</summary>
    internal bool IsTimeToReport()
    {
        long last = Interlocked.Read(ref _lastReport), now = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(last, now) > s_pause && Interlocked.CompareExchange(ref _lastReport, now, last) == last;
    }

    /// <summary>A group of an interrupted file is in the new one; its PSNR is not known.</summary>
    internal void Keep(IReadOnlyList<long> ticks)
    {
        _kept += ticks.Count;
        CountWritten(ticks);
    }

    /// <summary>A group is done; those before it may not be.</summary>
    internal void Add(FinishedGroup group)
    {
        _done += group.Ticks.Count;
        _errors += Math.Pow(10, -group.PsnrDb / 10) * group.Ticks.Count;
    }

    /// <summary>A group is in the file.</summary>
    internal VideoGroup Write(FinishedGroup group)
    {
        CountWritten(group.Ticks);
        return new VideoGroup(group.Unit.Number, group.Ticks.Count, description.Clock.Seconds(group.Ticks[0]), group.Unit.IsRandomAccessPoint, group.Unit.PayloadBytes)
        {
            PsnrDb = group.PsnrDb,
            Parts = group.Parts,
        };
    }

    internal VideoProgress Snapshot(long bytes, double framesInWork, VideoGroup? group)
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds, encoded = _done + framesInWork, media = MediaSeconds();
        long? count = description.FrameCount is > 0 and { } stated ? Math.Max(stated, _kept + _done) : null;
        return new VideoProgress
        {
            FramesDone = _written,
            FrameCount = count,
            Groups = _groups,
            Bytes = bytes,
            PsnrDb = _done > 0 ? -10 * Math.Log10(_errors / _done) : null,
            KilobitsPerSecond = media > 0 ? bytes / media / 125 : 0,
            Fraction = count is { } all ? Math.Min(1, (_kept + encoded) / all) : 0,
            Seconds = seconds,
            SecondsLeft = encoded > 0 && count is { } frames ? Math.Max(0, seconds / encoded * (frames - _kept - encoded)) : null,
            ProjectedBytes = _written > 0 && count is { } total ? bytes * total / _written : null,
            Group = group,
        };
    }

    private void CountWritten(IReadOnlyList<long> ticks)
    {
        _groups++;
        _written += ticks.Count;
        _firstTick = _firstTick < 0 ? ticks[0] : _firstTick;
        _lastTick = ticks[^1];
    }

    // From the first frame's beginning to the last one's end, as if all lasted equally long.
    private double MediaSeconds() => _written < 2
        ? description.Clock.Seconds(Math.Max(description.FrameTicks, 1)) * _written
        : description.Clock.Seconds(_lastTick - _firstTick) / (_written - 1) * _written;
}
