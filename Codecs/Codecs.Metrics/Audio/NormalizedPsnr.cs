namespace Codecs.Metrics.Audio;

/// <summary>Peak signal-to-noise ratio of sound brought to a fixed peak, as published for WaLLoC. Higher is better.</summary>
/// <remarks>
/// D. Jacobellis, N. Yadwadkar, "Learned Compression for Compressed Learning", DCC 2025: one mean is removed from the whole clip, one gain brings
/// the largest magnitude over all channels to 0.5, and the ratio takes 1 for the peak. Mean and gain are the reference's and apply to both
/// sounds. Unlike a ratio with a full-scale peak the result does not depend on how loud the clip is.
/// </remarks>
public static class NormalizedPsnr
{
    private const double Peak = 0.5;

    /// <summary>10 log10(1 / MSE) of the normalised sounds, over all channels at once.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape and scale.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>Decibels; positive infinity for equal sounds; NaN when the reference is constant.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are zero, or do not fit the channels.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int channels = 1)
    {
        _ = new PlanarPair(reference, degraded, channels);
        double sum = 0;
        double squares = 0;
        float low = reference[0];
        float high = reference[0];
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = (double)degraded[i] - reference[i];
            squares += difference * difference;
            sum += reference[i];
            low = Math.Min(low, reference[i]);
            high = Math.Max(high, reference[i]);
        }

        if (low == high)
        {
            return double.NaN;
        }

        // The mean cancels in the difference; it only moves the largest magnitude.
        double mean = sum / reference.Length;
        double gain = Peak / Math.Max(high - mean, mean - low);
        return Psnr.FromMeanSquaredError(gain * gain * squares / reference.Length, peak: 1);
    }
}
