using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>Chooses the rate index of each unit: a fixed one, or the best that a bitrate allows.</summary>
/// <remarks>What a unit leaves of its share goes to the next one, up to two shares.</remarks>
internal sealed class RateControl
{
    private const int UnitOverhead = 12, MostSaved = 2; // bytes of a unit's chunk beside its payload; shares
    private readonly double? _bytesPerFrame;
    private readonly int _highest;
    private double _saved;

    /// <summary>The same rate index always.</summary>
    internal RateControl(int rate) => Fixed = (byte)rate;

    /// <summary>The best of the indices from 0 on that the bytes allow.</summary>
    /// <param name="bytesPerFrame">Bytes of a frame, all tracks together.</param>
    /// <param name="highest">Highest rate index.</param>
    internal RateControl(double bytesPerFrame, int highest) => (_bytesPerFrame, _highest) = (bytesPerFrame, highest);

    /// <summary>The rate index that does not change.</summary>
    internal byte Fixed { get; }

    /// <param name="frames">Frames of the unit.</param>
    /// <param name="encode">The units of all tracks at a rate.</param>
    /// <exception cref="TargetUnreachableException">Even the lowest rate needs more than the bitrate allows.</exception>
    internal DataUnit[] Choose(int frames, Func<byte, DataUnit[]> encode)
    {
        if (_bytesPerFrame is not { } perFrame)
        {
            return encode(Fixed);
        }

        double share = frames * perFrame, budget = share + _saved;
        int low = -1, high = _highest + 1;
        DataUnit[] best = [];
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            DataUnit[] tried = encode((byte)middle);
            if (Size(tried) <= budget)
            {
                (low, best) = (middle, tried);
            }
            else
            {
                high = middle;
            }
        }

        if (low < 0)
        {
            // The lowest rate is over the share: borrow from what follows, but not for long.
            best = encode(0);
            if (Size(best) > budget + (MostSaved * share) + 64)
            {
                throw new TargetUnreachableException(
                    $"The bitrate allows {budget:F0} bytes for {frames} frames; the smallest coding of this sound takes {Size(best)}. Ask for a higher bitrate.");
            }
        }

        _saved = Math.Min(budget - Size(best), MostSaved * share);
        return best;
    }

    private static long Size(DataUnit[] units)
    {
        long sum = 0;
        foreach (DataUnit unit in units)
        {
            sum += UnitOverhead;
            foreach (ReadOnlyMemory<byte> payload in unit.Payloads)
            {
                sum += payload.Length;
            }
        }

        return sum;
    }
}
