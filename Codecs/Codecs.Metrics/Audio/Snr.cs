namespace Codecs.Metrics.Audio;

/// <summary>Signal-to-noise ratio of sound. Higher is better.</summary>
/// <remarks>All channels count as one long vector, so a silent channel does not upset the result. No scaling, no removal of the mean.</remarks>
public static class Snr
{
    /// <summary>10 log10 of the reference's energy over the energy of the difference.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>Decibels, unbounded on both sides; positive infinity for equal sounds; NaN when the reference is silent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are zero, or do not fit the channels.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int channels = 1)
    {
        _ = new PlanarPair(reference, degraded, channels);
        return Ratio(reference, degraded);
    }

    /// <summary>The ratio of two spans of one length.</summary>
    internal static double Ratio(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded)
    {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = (double)degraded[i] - reference[i];
            signal += (double)reference[i] * reference[i];
            noise += difference * difference;
        }

        return Decibels(signal, noise);
    }

    internal static double Decibels(double signal, double noise) =>
        signal == 0 ? double.NaN : 10 * Math.Log10(signal / noise);
}
