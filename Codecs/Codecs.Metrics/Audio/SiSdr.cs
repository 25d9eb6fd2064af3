namespace Codecs.Metrics.Audio;

/// <summary>Scale-invariant signal-to-distortion ratio. Higher is better.</summary>
/// <remarks>
/// J. Le Roux, S. Wisdom, H. Erdogan, J. Hershey, "SDR - half-baked or well done?", ICASSP 2019, after removal of the means: the degraded sound
/// is split into its projection on the reference and the rest. As in the Descript Audio Codec's evaluation all channels count as one long vector
/// with one mean and one scale: a change of balance between channels is a distortion.
/// </remarks>
public static class SiSdr
{
    /// <summary>10 log10 of the projection's energy over the energy of the rest.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>
    /// Decibels, unbounded on both sides; infinite where energies vanish (rounding keeps multiples of the reference finite, beyond 100 dB); NaN when
    /// either sound is constant.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, are zero, or do not fit the channels.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int channels = 1)
    {
        _ = new PlanarPair(reference, degraded, channels);
        double meanReference = Mean(reference);
        double meanDegraded = Mean(degraded);
        double energy = 0;
        double product = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double r = reference[i] - meanReference;
            energy += r * r;
            product += r * (degraded[i] - meanDegraded);
        }

        double scale = product / energy;
        double rest = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double e = degraded[i] - meanDegraded - (scale * (reference[i] - meanReference));
            rest += e * e;
        }

        return 10 * Math.Log10(scale * scale * energy / rest);
    }

    private static double Mean(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            sum += samples[i];
        }

        return sum / samples.Length;
    }
}
