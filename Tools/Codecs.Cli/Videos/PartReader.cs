using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>The frames of a part of a coded video, their times counted from its first frame.</summary>
internal sealed class PartReader
{
    private readonly VideoDecoder _decoder;
    private readonly VideoPart _part;
    private readonly VideoFrame? _first;
    private readonly long _endTick = long.MaxValue;
    private VideoFrame? _next;

    internal PartReader(VideoDecoder decoder, VideoPart part)
    {
        (_decoder, _part) = (decoder, part);
        if (part.Start > TimeSpan.Zero)
        {
            decoder.SeekTo(part.Start);
        }

        _first = _next = decoder.Read();
        if (part.Duration is { } duration && _first is not null)
        {
            // From the wanted start on, not from that of the frame that is shown then.
            double end = Math.Max(part.Start.TotalSeconds, decoder.Clock.Seconds(_first.Timestamp)) + duration.TotalSeconds;
            _endTick = (long)Math.Ceiling((end * decoder.Clock.TicksPerSecond) - 1e-6);
        }
    }

    /// <summary>Frames given so far.</summary>
    internal long Position { get; private set; }

    /// <summary>When the first frame stands in the file.</summary>
    internal TimeSpan StartTime => TimeSpan.FromSeconds(_first is null ? 0 : _decoder.Clock.Seconds(_first.Timestamp));

    /// <summary>How long the part is, as far as it is limited; null to the end.</summary>
    internal TimeSpan? Length
    {
        get
        {
            double? frames = _part.Frames is { } most && _decoder.FrameTicks > 0 ? _decoder.Clock.Seconds(most * _decoder.FrameTicks) : null;
            double? time = _endTick < long.MaxValue ? _decoder.Clock.Seconds(_endTick - _first!.Timestamp) : null;
            return (frames, time) is (null, null) ? null : TimeSpan.FromSeconds(Math.Min(frames ?? double.MaxValue, time ?? double.MaxValue));
        }
    }

    /// <summary>Seconds from the first frame to the last one given.</summary>
    internal double LastSeconds { get; private set; }

    /// <summary>Share that is done, 0..1; 0 when the length is not known.</summary>
    internal CodecProgress Progress
    {
        get
        {
            double? all = _part.Duration?.TotalSeconds ?? (_decoder.Duration is { } duration ? duration.TotalSeconds - StartTime.TotalSeconds : null);
            return new CodecProgress("decoding", (long)(LastSeconds * 1000), all is { } seconds ? (long)(seconds * 1000) : 0);
        }
    }

    /// <summary>The next frame; null at the end of the part.</summary>
    internal VideoFrame? Read()
    {
        if (_next is not { } frame || frame.Timestamp >= _endTick || Position >= (_part.Frames ?? long.MaxValue))
        {
            return null;
        }

        _next = null;
        if (Position + 1 < (_part.Frames ?? long.MaxValue))
        {
            _next = _decoder.Read();
        }

        Position++;
        long tick = frame.Timestamp - _first!.Timestamp;
        LastSeconds = _decoder.Clock.Seconds(tick);
        return new VideoFrame(frame.Format, frame.Samples, tick);
    }
}
