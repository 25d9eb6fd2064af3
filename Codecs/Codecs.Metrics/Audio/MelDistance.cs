using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Multi-scale distance of mel spectra. Lower is better.</summary>
/// <remarks>
/// R. Kumar et al., "High-Fidelity Audio Compression with Improved RVQGAN" (DAC), NeurIPS 2023. Per scale: periodic Hann window, hop a quarter
/// of it, frames centred with mirrored ends, magnitudes (not powers) summed by Slaney's mel filters; then the mean over channels, bands
/// and frames of |log10 max(x, 1e-5)^p - log10 max(y, 1e-5)^p| plus weighted |x - y|. Scales are added. Magnitudes depend on the sounds' scale: use
/// samples of full scale 1, as the published figures do.
/// </remarks>
public static class MelDistance
{
    /// <summary>The distance of two sounds.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], -1..1.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz. DAC reports the distance at 44100 and, resampled, at 22050 Hz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <param name="options">Scales and weights; <see cref="MelDistanceOptions.DacEvaluation"/> when null.</param>
    /// <returns>0 for equal sounds, else above 0; the logarithmic part is in decades.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, are not above half the largest window, or do not fit the channels; another argument is out of range.
    /// </exception>
    public static double Compute(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1, MelDistanceOptions? options = null)
    {
        PlanarPair.CheckRate(sampleRateHz);
        options ??= MelDistanceOptions.DacEvaluation;
        int largest = 0;
        foreach (MelScale scale in options.Scales)
        {
            largest = Math.Max(largest, scale.Window);
        }

        var pair = new PlanarPair(reference, degraded, channels, (largest / 2) + 1);
        double sum = 0;
        foreach (MelScale scale in options.Scales)
        {
            SpectrumDistance distance = Measure(pair, scale.Window, new MelFilterBank(sampleRateHz, scale.Window, scale.Bands));
            sum += (options.LogPower * distance.MeanLog10) + (options.MagnitudeWeight * distance.MeanMagnitude);
        }

        return sum;
    }

    private static SpectrumDistance Measure(PlanarPair pair, int window, MelFilterBank bank)
    {
        var distance = default(SpectrumDistance);
        var stft = PairedStft.Quarter(window);
        var melA = new Lane[bank.Bands];
        var melB = new Lane[bank.Bands];
        for (int c = 0; c < pair.Channels; c++)
        {
            double[] a = PairedStft.Centered(pair.Reference(c), window / 2);
            double[] b = PairedStft.Centered(pair.Degraded(c), window / 2);
            int frames = stft.Frames(a.Length);
            for (int frame = 0; frame < frames; frame += Fft.Lanes)
            {
                int lanes = stft.Transform(a, b, frame);
                ReadOnlySpan<Lane> magnitudesA = stft.MagnitudesA();
                ReadOnlySpan<Lane> magnitudesB = stft.MagnitudesB();
                for (int band = 0; band < melA.Length; band++)
                {
                    melA[band] = bank.Apply(band, magnitudesA);
                    melB[band] = bank.Apply(band, magnitudesB);
                }

                distance.Add(melA, melB, lanes);
            }
        }

        return distance;
    }
}
