namespace Codecs.Metrics.Audio;

/// <summary>Extended short-time objective intelligibility, made for modulated noise as well. Higher is better.</summary>
/// <remarks>
/// J. Jensen, C. Taal, "An algorithm for predicting the intelligibility of speech masked by modulated noise maskers", IEEE/ACM TASLP 2016: in each
/// 384 ms segment the band envelopes are brought to mean 0 and norm 1, first over time, then over bands; the mean inner product of the columns
/// is the result. The published program adds noise of the size of a rounding error against division by zero; here a constant row or column
/// counts as zeros instead, so results are deterministic. Resampling, silence and channels as in <see cref="Stoi"/>.
/// </remarks>
public static class Estoi
{
    private const int Rows = SpeechBands.Bands;
    private const int Columns = SpeechBands.Segment;

    /// <summary>The mean inner product.</summary>
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
        double[] x = new double[Rows * Columns];
        double[] y = new double[Rows * Columns];
        double sum = 0;
        int segments = bands.Frames - Columns + 1;
        for (int start = 0; start < segments; start++)
        {
            Normalize(bands.Reference, bands.Frames, start, x);
            Normalize(bands.Degraded, bands.Frames, start, y);
            for (int i = 0; i < x.Length; i++)
            {
                sum += x[i] * y[i];
            }
        }

        return sum / ((double)segments * Columns);
    }

    private static void Normalize(double[] envelopes, int frames, int start, double[] segment)
    {
        for (int row = 0; row < Rows; row++)
        {
            envelopes.AsSpan((row * frames) + start, Columns).CopyTo(segment.AsSpan(row * Columns));
            Normalize(segment, row * Columns, 1, Columns);
        }

        for (int column = 0; column < Columns; column++)
        {
            Normalize(segment, column, Columns, Rows);
        }
    }

    /// <summary>Mean 0 and norm 1 of the values at start, start + step, ...</summary>
    private static void Normalize(double[] values, int start, int step, int count)
    {
        int end = start + (step * count);
        double mean = 0;
        for (int i = start; i < end; i += step)
        {
            mean += values[i] / count;
        }

        double energy = 0;
        for (int i = start; i < end; i += step)
        {
            values[i] -= mean;
            energy += values[i] * values[i];
        }

        double scale = energy > 0 ? 1 / Math.Sqrt(energy) : 0;
        for (int i = start; i < end; i += step)
        {
            values[i] *= scale;
        }
    }
}
