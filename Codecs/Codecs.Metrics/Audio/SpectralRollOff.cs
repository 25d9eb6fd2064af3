namespace Codecs.Metrics.Audio;

/// <summary>Bandwidth of one sound: the frequency below which most of its power lies. Neither direction is better; compare with the original's.</summary>
/// <remarks>
/// Power spectrum over all frames and channels, frames as in <see cref="LogSpectralDistance"/>. A decoder that loses the treble shows a
/// lower frequency than the original.
/// </remarks>
public static class SpectralRollOff
{
    /// <summary>The frequency of the first bin up to which the share is reached.</summary>
    /// <param name="samples">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <param name="share">Share of the power, above 0, at most 1.</param>
    /// <returns>Hz, 0..sampleRateHz / 2, in steps of one bin; NaN when the sound is silent.</returns>
    /// <exception cref="ArgumentException">The length is not above half a frame or does not fit the channels; another argument is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> samples, int sampleRateHz, int channels = 1, double share = 0.95)
    {
        int window = PairedStft.WindowFor(sampleRateHz);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        (double[] power, _) = PowerSpectrum.Measure(new PlanarPair(samples, samples, channels, (window / 2) + 1), window);
        double total = 0;
        for (int k = 0; k < power.Length; k++)
        {
            total += power[k];
        }

        double sum = 0;
        for (int k = 0; k < power.Length && total > 0; k++)
        {
            sum += power[k];
            if (sum >= share * total)
            {
                return (double)k * sampleRateHz / window;
            }
        }

        return double.NaN;
    }
}
