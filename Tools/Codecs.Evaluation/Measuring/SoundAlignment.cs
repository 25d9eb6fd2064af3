using System.Numerics;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Brings decoded sound into step with its original.</summary>
internal static class SoundAlignment
{
    /// <summary>The most samples that a delay is searched to, in both directions.</summary>
    public const int MaxDelay = 4096;

    // Below this correlation nothing is recognised. A shift has to be better than none by this factor: the filters of codecs move sound by
    // parts of a sample, which is no delay.
    private const double MinCorrelation = 0.3, MinGain = 1.1;

    /// <summary>By how many samples a sound is late (or, negative, early), by the largest normalised cross-correlation; 0 when it is not recognised.</summary>
    /// <param name="reference">The original.</param>
    /// <param name="degraded">What came back, of any length.</param>
    public static int FindDelay(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded)
    {
        (double best, int delay) = (Math.Max(MinCorrelation, MinGain * Correlation(reference, degraded, 0)), 0);
        for (int lag = -MaxDelay; lag <= MaxDelay; lag++)
        {
            double correlation = Correlation(reference, degraded, lag);
            if (correlation > best)
            {
                (best, delay) = (correlation, lag);
            }
        }

        return delay;
    }

    /// <summary>The sound without its delay, cut or filled with silence to a length.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="delay">Samples by which it is late.</param>
    /// <param name="samples">The length that is wanted.</param>
    public static Waveform Fit(Waveform sound, int delay, long samples)
    {
        if (delay == 0 && sound.SampleCount == samples)
        {
            return sound;
        }

        var fitted = new Waveform(sound.SampleRate, sound.ChannelCount, samples);
        int from = (int)Math.Min(Math.Max(0, delay), sound.SampleCount);
        int to = (int)Math.Min(Math.Max(0, -delay), samples);
        int count = (int)Math.Min(sound.SampleCount - from, samples - to);
        for (int c = 0; c < sound.ChannelCount; c++)
        {
            sound.Channel(c).Slice(from, count).CopyTo(fitted.Channel(c)[to..]);
        }

        return fitted;
    }

    /// <summary>Over the samples that both have; 0 when that is less than half of the reference.</summary>
    private static double Correlation(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int lag)
    {
        int skip = Math.Max(0, -lag);
        int shift = Math.Max(0, lag);
        int overlap = Math.Min(reference.Length - skip, degraded.Length - shift);
        if (overlap <= reference.Length / 2)
        {
            return 0;
        }

        ReadOnlySpan<float> x = reference.Slice(skip, overlap);
        ReadOnlySpan<float> y = degraded.Slice(shift, overlap);
        double energies = Dot(x, x) * Dot(y, y);
        return energies > 0 ? Dot(x, y) / Math.Sqrt(energies) : 0;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
