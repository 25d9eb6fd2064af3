using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>Fractions as ffprobe prints them, and what they say about a video's times.</summary>
internal static class FrameRates
{
    /// <summary>Beyond it a rate is a wrong guess.</summary>
    private const double MaxRate = 1000;

    /// <summary>Ticks per second that keep times to a millisecond even if a rate is not what a header says.</summary>
    private const double FineTicks = 1000;

    private static readonly FrameClock s_usual = new(25, 1);

    /// <summary>Understands "30000/1001" or "4:3"; both parts must be positive.</summary>
    public static bool TryParse(string? text, char separator, out FrameClock fraction)
    {
        string[] parts = text?.Split(separator) ?? [];
        fraction = default;
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out int numerator)
            || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int denominator) || numerator < 1 || denominator < 1)
        {
            return false;
        }

        fraction = Reduce(numerator, denominator);
        return true;
    }

    /// <summary>A fraction in lowest terms; one that is still too long for two integers is rounded.</summary>
    public static FrameClock Reduce(Int128 numerator, Int128 denominator)
    {
        (Int128 a, Int128 b) = (numerator, denominator);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        (numerator, denominator) = (numerator / a, denominator / a);
        while (numerator > int.MaxValue || denominator > int.MaxValue)
        {
            (numerator, denominator) = ((numerator + 1) / 2, (denominator + 1) / 2);
        }

        return new FrameClock((int)numerator, (int)denominator);
    }

    /// <summary>Rate and clock of a track.</summary>
    /// <param name="stream">What ffprobe says about it.</param>
    /// <param name="isExact">True when the container tells of all frames, so that equal rates mean equal distances.</param>
    /// <param name="packets">Gets the times of the first packets; called only when the header does not tell enough.</param>
    public static (FrameClock Clock, FrameClock Rate, bool IsVariable) Judge(ProbedStream stream, bool isExact, Func<IReadOnlyList<ProbedPacket>> packets)
    {
        bool hasRate = TryParse(stream.RFrameRate, '/', out FrameClock rate) && rate.TicksPerSecond <= MaxRate;
        bool hasAverage = TryParse(stream.AvgFrameRate, '/', out FrameClock average) && average.TicksPerSecond <= MaxRate;
        bool hasBase = TryParse(stream.TimeBase, '/', out FrameClock tick);
        if (hasRate && hasAverage && rate == average && (isExact || IsRegular(packets(), rate, tick)))
        {
            int multiple = isExact ? 1 : (int)Math.Ceiling(FineTicks / rate.TicksPerSecond);
            if ((long)rate.Numerator * multiple <= int.MaxValue)
            {
                return (new FrameClock(rate.Numerator * multiple, rate.Denominator), rate, false);
            }
        }

        FrameClock clock = hasBase ? new FrameClock(tick.Denominator, tick.Numerator) : new FrameClock((int)FineTicks, 1);
        return (clock, hasAverage ? average : hasRate ? rate : s_usual, true);
    }

    /// <summary>True when all times are, to a tick of the container, those of a constant rate.</summary>
    private static bool IsRegular(IReadOnlyList<ProbedPacket> packets, FrameClock rate, FrameClock tick)
    {
        // In the order of showing, which is not that of the file. Frames at the end of what was read may wait for others that come later in the file.
        long[] times = [.. packets.Select(packet => packet.Pts).OfType<long>().Order()];
        const int Reordering = 16;
        int count = Math.Max(Math.Min(times.Length, 2), times.Length - Reordering);
        for (int i = 1; i < count; i++)
        {
            double seconds = (double)(times[i] - times[0]) * tick.Numerator / tick.Denominator;
            if (Math.Abs(seconds - rate.Seconds(i)) > 1.01 * tick.Numerator / tick.Denominator)
            {
                return false;
            }
        }

        return times.Length > 0;
    }
}
