using Codecs.Models.Walloc;

namespace Codecs.Audio;

/// <summary>Chooses the rate index of each unit: fixed by the quality, or the best that a bitrate allows.</summary>
/// <remarks>What a unit leaves of its share goes to the next one, up to two shares.</remarks>
internal sealed class RateControl
{
    private const int UnitOverhead = 12, MostSaved = 2; // bytes of a unit's chunk beside its payload; shares
    private readonly int _fixed;
    private readonly double? _bytesPerFrame;
    private double _saved;

    internal RateControl(AudioEncoderOptions options, int modelRate)
    {
        _fixed = RateOf(options.Quality);
        _bytesPerFrame = options.KilobitsPerSecond * 125 * SoundShape.FrameSamples / modelRate;
    }

    /// <summary>The rate index of a quality.</summary>
    internal static int RateOf(double quality) => (int)Math.Round((quality - 1) / 99 * WallocRates.MaxRate);

    /// <param name="frames">Frames of the unit.</param>
    /// <param name="encode">Payloads of all pairs at a rate.</param>
    /// <exception cref="TargetUnreachableException">Even the lowest rate needs more than the bitrate allows.</exception>
    internal (byte Rate, ReadOnlyMemory<byte>[] Payloads) Choose(int frames, Func<byte, ReadOnlyMemory<byte>[]> encode)
    {
        if (_bytesPerFrame is not { } perFrame)
        {
            return ((byte)_fixed, encode((byte)_fixed));
        }

        double share = frames * perFrame, budget = share + _saved;
        int low = -1, high = WallocRates.MaxRate + 1;
        ReadOnlyMemory<byte>[] best = [];
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            ReadOnlyMemory<byte>[] tried = encode((byte)middle);
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
            (low, best) = (0, encode(0));
            if (Size(best) > budget + (MostSaved * share) + 64)
            {
                throw new TargetUnreachableException(
                    $"The bitrate allows {budget:F0} bytes for {frames} frames; the smallest coding of this sound takes {Size(best)}. Ask for a higher bitrate.");
            }
        }

        _saved = Math.Min(budget - Size(best), MostSaved * share);
        return ((byte)low, best);
    }

    private static long Size(ReadOnlyMemory<byte>[] payloads)
    {
        long sum = 0;
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            sum += payload.Length + UnitOverhead;
        }

        return sum;
    }
}
