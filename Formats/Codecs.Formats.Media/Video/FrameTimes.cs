namespace Codecs.Formats.Media;

/// <summary>Turns the times that a file has into ticks of the video's clock.</summary>
/// <remarks>
/// At a constant rate a container that rounds (Matroska: to milliseconds) has times that are off by a tick of its own; they are set right. What is further off
/// is meant so and stays where it is.
/// </remarks>
/// <param name="info">Clock and rate.</param>
/// <param name="tickSeconds">The unit to which the file itself rounds its times.</param>
internal sealed class FrameTimes(VideoInfo info, double tickSeconds)
{
    private readonly double _step = info.IsVariableRate ? 1 : Math.Round(info.Clock.TicksPerSecond / info.FrameRate.TicksPerSecond);
    private long? _last;

    /// <summary>Frames that had to be moved, as times ascend.</summary>
    public long Moved { get; private set; }

    /// <summary>The next frame's time.</summary>
    /// <param name="time">What the file says.</param>
    /// <param name="timeBase">Seconds of its unit.</param>
    public long Next(long time, (long Numerator, long Denominator) timeBase)
    {
        Int128 above = (Int128)time * timeBase.Numerator * info.Clock.Numerator;
        Int128 below = (Int128)timeBase.Denominator * info.Clock.Denominator;
        if (below <= 0)
        {
            throw new InvalidBitstreamException("The stream of frames has no clock.");
        }

        // Half a tick more, then down.
        Int128 doubled = (2 * above) + below;
        long ticks = (long)((doubled >= 0 ? doubled : doubled - (2 * below) + 1) / (2 * below));
        double nearest = Math.Round(ticks / _step) * _step;
        if (Math.Abs(nearest - ticks) <= (info.Clock.TicksPerSecond * tickSeconds) + 1)
        {
            ticks = (long)nearest;
        }

        if (ticks <= _last)
        {
            ticks = _last.Value + 1;
            Moved++;
        }

        _last = ticks;
        return ticks;
    }
}
