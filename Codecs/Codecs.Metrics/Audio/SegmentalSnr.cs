namespace Codecs.Metrics.Audio;

/// <summary>Segmental signal-to-noise ratio: the mean of the ratios of short frames. Higher is better.</summary>
/// <remarks>
/// J. Hansen, B. Pellom, "An effective quality evaluation protocol for speech enhancement algorithms", ICSLP 1998: each frame's ratio is clamped
/// to -10..35 dB. Here frames do not overlap and an incomplete last one is left out, and so are silent frames: those whose reference energy
/// is more than 40 dB below that of the channel's loudest frame. Channels are measured alone and averaged; silent channels do not count.
/// </remarks>
public static class SegmentalSnr
{
    private const double MinDb = -10;
    private const double MaxDb = 35;
    private const double SilenceRatio = 1e-4;

    /// <summary>The mean of the clamped ratios.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <param name="frameSeconds">Length of a frame, 0.02..0.032 s.</param>
    /// <returns>Decibels, -10..35; NaN when the reference is silent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are below one frame, or do not fit the channels; another argument is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1, double frameSeconds = 0.02)
    {
        PlanarPair.CheckRate(sampleRateHz);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameSeconds, 0.02);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameSeconds, 0.032);
        int frame = (int)Math.Round(sampleRateHz * frameSeconds);
        var pair = new PlanarPair(reference, degraded, channels, frame);

        var mean = new ChannelMean();
        for (int c = 0; c < pair.Channels; c++)
        {
            mean.Add(Channel(pair.Reference(c), pair.Degraded(c), frame));
        }

        return mean.Value;
    }

    private static double Channel(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int frame)
    {
        double loudest = 0;
        for (int start = 0; start <= reference.Length - frame; start += frame)
        {
            loudest = Math.Max(loudest, Energy(reference.Slice(start, frame)));
        }

        double sum = 0;
        int frames = 0;
        for (int start = 0; start <= reference.Length - frame; start += frame)
        {
            ReadOnlySpan<float> r = reference.Slice(start, frame);
            if (Energy(r) > loudest * SilenceRatio)
            {
                sum += Math.Clamp(Snr.Ratio(r, degraded.Slice(start, frame)), MinDb, MaxDb);
                frames++;
            }
        }

        return sum / frames;
    }

    private static double Energy(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            energy += (double)samples[i] * samples[i];
        }

        return energy;
    }
}
