namespace Codecs.Metrics.Audio;

/// <summary>Short-time objective intelligibility of speech. Higher is better.</summary>
/// <remarks>
/// C. Taal, R. Hendriks, R. Heusdens, J. Jensen, "An algorithm for intelligibility prediction of time-frequency weighted noisy speech", IEEE TASLP
/// 2011, equations 1 to 6: in each third-octave band and 384 ms segment the degraded envelope is scaled to the reference's energy, clipped
/// 15 dB above the reference, and correlated with it. Where an envelope is constant the correlation counts as 0. Other rates than 10 kHz are
/// resampled as MATLAB's resample does. Channels are measured alone and averaged; channels without speech do not count.
/// </remarks>
public static class Stoi
{
    // 1 + 10^(15/20)
    private static readonly double s_clip = 1 + Math.Pow(10, 0.75);

    /// <summary>The mean correlation.</summary>
    /// <param name="reference">Speech, float32 [channels, samples], any scale, time-aligned, at least 0.41 s.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz; rates below 10 kHz leave the highest band nearly empty.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>-1..1, in practice 0..1; 1 for equal sounds; NaN when less than 0.4 s of the reference is louder than -40 dB of its loudest part.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are too small, or do not fit the channels; the rate is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1)
    {
        var pair = new PlanarPair(reference, degraded, channels, SpeechBands.MinSamples(sampleRateHz));
        var mean = new ChannelMean();
        for (int c = 0; c < pair.Channels; c++)
        {
            mean.Add(SpeechBands.Measure(pair.Reference(c), pair.Degraded(c), sampleRateHz) is { } bands ? Channel(bands) : double.NaN);
        }

        return mean.Value;
    }

    private static double Channel(SpeechBands bands)
    {
        double sum = 0;
        int segments = bands.Frames - SpeechBands.Segment + 1;
        for (int band = 0; band < SpeechBands.Bands; band++)
        {
            for (int start = 0; start < segments; start++)
            {
                int offset = (band * bands.Frames) + start;
                sum += Similarity(bands.Reference.AsSpan(offset, SpeechBands.Segment), bands.Degraded.AsSpan(offset, SpeechBands.Segment));
            }
        }

        return sum / ((double)segments * SpeechBands.Bands);
    }

    private static double Similarity(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double energyX = 0;
        double energyY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            energyX += x[i] * x[i];
            energyY += y[i] * y[i];
        }

        double scale = energyY > 0 ? Math.Sqrt(energyX / energyY) : 0;
        Span<double> clipped = stackalloc double[SpeechBands.Segment];
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            clipped[i] = Math.Min(scale * y[i], s_clip * x[i]);
            meanX += x[i] / x.Length;
            meanY += clipped[i] / x.Length;
        }

        double product = 0;
        double varianceX = 0;
        double varianceY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double deviationX = x[i] - meanX;
            double deviationY = clipped[i] - meanY;
            product += deviationX * deviationY;
            varianceX += deviationX * deviationX;
            varianceY += deviationY * deviationY;
        }

        double norm = Math.Sqrt(varianceX * varianceY);
        return norm > 0 ? product / norm : 0;
    }
}
