using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Metrics.Audio;

namespace Codecs.Evaluation;

/// <summary>Brings decoded sound into step with its original.</summary>
internal static class SoundAlignment
{
    /// <summary>The most samples that a delay is searched to, in both directions.</summary>
    public const int MaxDelay = 4096;

    // Below this correlation nothing is recognised. A shift has to be better than none by this factor: the filters of codecs move sound by
    // parts of a sample, which is no delay.
    private const double MinCorrelation = 0.5, MinGain = 1.1;

    private const int SpectralRate = 8000, StepMilliseconds = 4, EarliestSteps = 5, LatestSteps = 20, MinSpectralSamples = 2048;
    private const double SpectralSeconds = 4;

    /// <summary>By how many samples a sound is late (or, negative, early), by the largest normalised cross-correlation; null when it is not recognised.</summary>
    /// <param name="reference">The original.</param>
    /// <param name="degraded">What came back, of any length.</param>
    public static int? FindDelay(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded) => FindDelay(reference, degraded, -MaxDelay, MaxDelay);

    /// <summary>The same for codecs that change the waves of bursts beyond recognition: where the spectra are most alike; 0 for less than 0.3 s.</summary>
    /// <remarks>
    /// By the mel distance of the beginning, in the band that every codec keeps; in steps of 4 ms, then of 1 ms around the best. Vocoders make waves of
    /// their own, and for them that is all there is to know.
    /// </remarks>
    /// <param name="sound">The original.</param>
    /// <param name="back">What came back, at the same sample rate.</param>
    public static int FindSpectralDelay(Waveform sound, Waveform back)
    {
        Waveform reference = Resampler.Convert(SoundTrip.Beginning(sound, SpectralSeconds), SpectralRate);
        Waveform degraded = Resampler.Convert(SoundTrip.Beginning(back, SpectralSeconds), SpectralRate);
        if (reference.SampleCount < MinSpectralSamples)
        {
            return 0;
        }

        double Distance(int milliseconds) => MelDistance.Compute(
            reference.Channel(0), Fit(degraded, milliseconds * (SpectralRate / 1000), reference.SampleCount).Channel(0), SpectralRate);

        // What is equally good is decided for the smallest shift.
        int coarse = Enumerable.Range(-EarliestSteps, EarliestSteps + LatestSteps + 1).Select(step => step * StepMilliseconds).OrderBy(Math.Abs).MinBy(Distance);
        int fine = Enumerable.Range(coarse - StepMilliseconds + 1, (2 * StepMilliseconds) - 1).OrderBy(ms => Math.Abs(ms - coarse)).MinBy(Distance);
        return (int)Math.Round(fine * (sound.SampleRate / 1000.0));
    }

    /// <summary>A delay to the sample, by the waves of a sound within 4 ms of it; the delay itself where they are not recognised.</summary>
    /// <param name="sound">The original.</param>
    /// <param name="back">What came back, at the same sample rate.</param>
    /// <param name="delay">The delay as far as it is known, samples.</param>
    public static int Refine(Waveform sound, Waveform back, int delay)
    {
        int radius = StepMilliseconds * sound.SampleRate / 1000;
        return FindDelay(sound.Channel(0), back.Channel(0), delay - radius, delay + radius) ?? delay;
    }

    private static int? FindDelay(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int earliest, int latest)
    {
        double prompt = earliest <= 0 && latest >= 0 ? Correlation(reference, degraded, 0) : 0;
        int? delay = prompt >= MinCorrelation ? 0 : null;
        double best = Math.Max(MinCorrelation, MinGain * prompt);
        for (int lag = earliest; lag <= latest; lag++)
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
