namespace Codecs.Metrics.Audio;

/// <summary>Two-scale distance of short-time spectra. Lower is better.</summary>
/// <remarks>
/// The "STFT distance" of the Descript Audio Codec (R. Kumar et al., NeurIPS 2023; the loss is that of J. Engel et al., "DDSP", ICLR 2020): windows
/// 2048 and 512 (periodic Hann, hop a quarter, frames centred with mirrored ends), per scale the mean over channels, bins and frames of
/// |2 log10 max(x, 1e-5) - 2 log10 max(y, 1e-5)| plus |x - y| of magnitudes; the two scales are added. Use samples of full scale 1.
/// </remarks>
public static class StftDistance
{
    private const double LogPower = 2;

    private static ReadOnlySpan<int> Windows => [2048, 512];

    /// <summary>The distance of two sounds.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], -1..1, more than 1024 per channel.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>0 for equal sounds, else above 0; the logarithmic part is in decades.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are too small, or do not fit the channels.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int channels = 1)
    {
        var pair = new PlanarPair(reference, degraded, channels, (Windows[0] / 2) + 1);
        double sum = 0;
        foreach (int window in Windows)
        {
            var distance = default(SpectrumDistance);
            var stft = PairedStft.Quarter(window);
            for (int c = 0; c < pair.Channels; c++)
            {
                double[] a = PairedStft.Centered(pair.Reference(c), window / 2);
                double[] b = PairedStft.Centered(pair.Degraded(c), window / 2);
                int frames = stft.Frames(a.Length);
                for (int frame = 0; frame < frames; frame += Fft.Lanes)
                {
                    int lanes = stft.Transform(a, b, frame);
                    distance.Add(stft.MagnitudesA(), stft.MagnitudesB(), lanes);
                }
            }

            sum += (LogPower * distance.MeanLog10) + distance.MeanMagnitude;
        }

        return sum;
    }
}
