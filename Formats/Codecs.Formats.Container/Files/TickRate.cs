namespace Codecs.Formats.Container;

/// <summary>The clock of a file: all its times count these ticks.</summary>
/// <remarks>One clock serves all tracks. Sound alone takes its sample rate, pictures alone their rate (30000/1001), both together a rate that both divide:
/// 240000 ticks per second are 8008 per picture at 30000/1001 and 5 per sample at 48 kHz.</remarks>
/// <param name="Numerator">Ticks in <paramref name="Denominator"/> seconds, 1..2^30-1; 0 in a file without time.</param>
/// <param name="Denominator">Seconds, 1..2^30-1; 0 or 1 in a file without time.</param>
public readonly record struct TickRate(int Numerator, int Denominator = 1)
{
    /// <summary>No clock: stills, single objects, tensors.</summary>
    public static TickRate None => default;

    /// <summary>True when the file has no time.</summary>
    public bool IsNone => Numerator == 0;

    /// <summary>Ticks to seconds; 0 without a clock.</summary>
    public double SecondsOf(long ticks) => IsNone ? 0 : (double)ticks * Denominator / Numerator;

    /// <summary>Seconds to ticks, rounded down; 0 without a clock.</summary>
    public long TicksIn(double seconds) => IsNone ? 0 : (long)(seconds * Numerator / Denominator);
}
