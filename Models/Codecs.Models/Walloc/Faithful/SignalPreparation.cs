namespace Codecs.Models.Walloc.Faithful;

/// <summary>What the published codec does to signals before analysis: pictures are mirrored at their edges, sound is normalised and padded with zeros.</summary>
internal static class SignalPreparation
{
    /// <summary>Sound is padded to a multiple of this many samples.</summary>
    internal const int AudioBlock = 1 << 16;

    private const double SilenceGuard = 1e-8;

    /// <summary>Pads a picture on all sides and separates its planes.</summary>
    /// <param name="rgb">Interleaved, 0..1.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="multiple">What both sides become multiples of.</param>
    /// <returns>Planes [3, rows, columns] in ±0.5.</returns>
    internal static (float[] Planes, int Rows, int Columns) PadImage(ReadOnlySpan<float> rgb, int width, int height, int multiple)
    {
        int[] across = MirroredIndices(width, multiple), down = MirroredIndices(height, multiple);
        float[] planes = new float[checked(3 * across.Length * down.Length)];
        int at = 0;
        for (int c = 0; c < 3; c++)
        {
            foreach (int y in down)
            {
                ReadOnlySpan<float> row = rgb.Slice(y * width * 3, width * 3);
                foreach (int x in across)
                {
                    planes[at++] = row[(3 * x) + c] - 0.5f;
                }
            }
        }

        return (planes, down.Length, across.Length);
    }

    /// <summary>Samples of padding before the first of a centred dimension.</summary>
    internal static int LeadingPadding(int size, int multiple) => TotalPadding(size, multiple) / 2;

    /// <summary>Takes the mean away and scales to ±0.5: one mean and one scale for both channels.</summary>
    /// <returns>Channels [2, length], length a multiple of <see cref="AudioBlock"/>.</returns>
    internal static (float[] Signal, int Length, float Gain, float Offset) NormalizeAudio(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double mean = (Sum(left) + Sum(right)) / (2.0 * left.Length);
        double peak = Math.Max(Peak(left, mean), Peak(right, mean));
        double gain = 2 * (peak + SilenceGuard);
        int length = checked(left.Length + TotalPadding(left.Length, AudioBlock));
        float[] signal = new float[checked(2 * length)];
        Normalize(left, signal, mean, gain);
        Normalize(right, signal.AsSpan(length), mean, gain);
        return (signal, length, (float)gain, (float)mean);
    }

    private static int TotalPadding(int size, int multiple) => (multiple - (size % multiple)) % multiple;

    // Reflection without repeating the edge, as often as a small picture needs it.
    private static int[] MirroredIndices(int size, int multiple)
    {
        int leading = LeadingPadding(size, multiple), period = Math.Max(1, 2 * (size - 1));
        int[] indices = new int[checked(size + TotalPadding(size, multiple))];
        for (int i = 0; i < indices.Length; i++)
        {
            int at = (((i - leading) % period) + period) % period;
            indices[i] = at < size ? at : period - at;
        }

        return indices;
    }

    private static double Sum(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
        {
            sum += sample;
        }

        return sum;
    }

    private static double Peak(ReadOnlySpan<float> samples, double mean)
    {
        double peak = 0;
        foreach (float sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample - mean));
        }

        return peak;
    }

    private static void Normalize(ReadOnlySpan<float> samples, Span<float> signal, double mean, double gain)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            signal[i] = (float)((samples[i] - mean) / gain);
        }
    }
}
