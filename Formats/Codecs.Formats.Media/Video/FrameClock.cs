namespace Codecs.Formats.Media;

/// <summary>The unit of a video's timestamps, as an exact fraction: 30000/1001 ticks per second for NTSC, 1000/1 for milliseconds.</summary>
/// <param name="Numerator">Ticks in <paramref name="Denominator"/> seconds, positive.</param>
/// <param name="Denominator">Seconds, positive.</param>
public readonly record struct FrameClock(int Numerator, int Denominator)
{
    /// <summary>Ticks per second.</summary>
    public double TicksPerSecond => (double)Numerator / Denominator;

    /// <summary>When a tick is, in seconds.</summary>
    public double Seconds(long ticks) => (double)ticks * Denominator / Numerator;
}
