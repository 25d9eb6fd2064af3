namespace Codecs.Metrics.Audio;

/// <summary>ViSQOL's detector of speech by level.</summary>
internal static class SpeechActivity
{
    // Of the largest magnitude: 5000 of 16-bit samples.
    private const double Threshold = 5000.0 / 32768;
    private const int Memory = 3;

    /// <summary>Marks the frames (one hop each) that hold speech: their own root mean square or that of one of the two before reaches the threshold.</summary>
    public static bool[] Measure(ReadOnlySpan<double> samples, int hop)
    {
        double peak = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            peak = Math.Max(peak, Math.Abs(samples[i]));
        }

        double needed = Threshold * peak * Threshold * peak * hop;
        bool[] active = new bool[samples.Length / hop];
        // The first frames count as speech in any case.
        int quiet = 0;
        for (int frame = 0; frame < active.Length; frame++)
        {
            double energy = 0;
            for (int n = 0; n < hop; n++)
            {
                double value = samples[(frame * hop) + n];
                energy += value * value;
            }

            quiet = energy < needed ? quiet + 1 : 0;
            active[frame] = quiet < Memory;
        }

        return active;
    }
}
