using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>One clock for tracks of several: the slowest whose ticks divide those of all.</summary>
internal static class CommonClock
{
    /// <summary>Finds it: the least common multiple of the rates.</summary>
    /// <exception cref="ArgumentException">It would be faster than the format can state.</exception>
    public static TickRate Of(IEnumerable<TickRate> rates)
    {
        BigInteger numerator = 1, denominator = 0;
        foreach (TickRate rate in rates)
        {
            BigInteger divisor = BigInteger.GreatestCommonDivisor(rate.Numerator, rate.Denominator);
            BigInteger ticks = rate.Numerator / divisor, seconds = rate.Denominator / divisor;
            numerator = numerator * ticks / BigInteger.GreatestCommonDivisor(numerator, ticks);
            denominator = BigInteger.GreatestCommonDivisor(denominator, seconds);
        }

        return numerator <= UnitCodec.MaxId
            ? new TickRate((int)numerator, (int)denominator)
            : throw new ArgumentException($"No clock of less than {UnitCodec.MaxId} ticks serves {string.Join(" and ", rates.Select(r => $"{r.Numerator}/{r.Denominator}"))} ticks a second.");
    }

    /// <summary>Ticks of the common clock in one of another.</summary>
    public static long Scale(TickRate common, TickRate rate) => (long)((Int128)common.Numerator * rate.Denominator / ((Int128)common.Denominator * rate.Numerator));
}
