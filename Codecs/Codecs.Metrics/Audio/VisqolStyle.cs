namespace Codecs.Metrics.Audio;

/// <summary>Predicted listening quality of speech, ViSQOL-style with the exponential fit. Higher is better.</summary>
/// <remarks>
/// <para>M. Chinen et al., "ViSQOL v3: an open source production ready objective speech and audio metric", QoMEX 2020, speech mode: similarity
/// (NSIM) of 21-band gammatone spectrograms of the active parts of 16 kHz speech, mapped to a mean opinion score by the exponential that was fitted
/// to the TCD-VOIP data for version 3.3.3.</para>
/// <para>It is not the ViSQOL program. The sounds must be time-aligned: nothing is searched, and patches are not realigned by fractions
/// of a frame where that raises their similarity, so scores of degraded sounds are not the program's to the digit.
/// The program's current default in speech mode is a lattice network, and its audio mode a support vector regression over 32 bands at 48 kHz;
/// neither is here, so quote figures as "ViSQOL-style (exp fit)". Channels are mixed to mono first, and the degraded sound is brought to
/// the level of the reference, as in the program.</para>
/// </remarks>
public static class VisqolStyle
{
    // Frames of a patch, and where the first begins.
    private const int Patch = 20;
    private const int FirstPatch = (Patch / 2) - 1;

    // Mean opinion score = scale (a + exp(b (similarity - x0)))
    private const double FitA = -262.847869;
    private const double FitB = 0.0154302525;
    private const double FitX0 = -361.063949;
    private const double FitScale = 1.245063;

    /// <summary>The score, scaled so that equal sounds get 5: <see cref="ToMos"/> of <see cref="Similarity"/>.</summary>
    /// <param name="reference">Speech, float32 [channels, samples], -1..1 (the absolute noise floor supposes that), at least 0.64 s.</param>
    /// <param name="degraded">Samples of the same shape, time-aligned.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz; converted to 16 kHz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>Mean opinion score, 1..5; NaN when the reference is silent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are too small, or do not fit the channels; the rate is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1) =>
        ToMos(Similarity(reference, degraded, sampleRateHz, channels));

    /// <summary>The mean similarity of the patches with speech, before it is mapped to a score.</summary>
    /// <param name="reference">Speech as in <see cref="Compute"/>.</param>
    /// <param name="degraded">Samples of the same shape, time-aligned.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz; converted to 16 kHz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>-1..1, in practice 0..1; 1 for equal sounds; NaN when the reference is silent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are too small, or do not fit the channels; the rate is out of range.</exception>
    public static double Similarity(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1)
    {
        PlanarPair.CheckRate(sampleRateHz);
        int samples = GammatoneSpectrogram.Samples(FirstPatch + Patch);
        var pair = new PlanarPair(reference, degraded, channels, (int)((samples - 1) * (long)sampleRateHz / GammatoneSpectrogram.RateHz) + 1);
        double[] x = Resampler.Convert(Mono(pair, degraded: false), sampleRateHz, GammatoneSpectrogram.RateHz);
        double[] y = Resampler.Convert(Mono(pair, degraded: true), sampleRateHz, GammatoneSpectrogram.RateHz);
        double levelX = Energy(x);
        double levelY = Energy(y);
        if (levelX == 0)
        {
            return double.NaN;
        }

        double gain = levelY > 0 ? Math.Sqrt(levelX / levelY) : 1;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] *= gain;
        }

        double[] spectraX = GammatoneSpectrogram.Measure(x);
        double[] spectraY = GammatoneSpectrogram.Measure(y);
        GammatoneSpectrogram.Prepare(spectraX, spectraY);
        int columns = spectraX.Length / GammatoneSpectrogram.Bands;
        bool[] active = SpeechActivity.Measure(x, GammatoneSpectrogram.Hop);
        double sum = 0;
        int count = 0;
        for (int start = FirstPatch; start + Patch <= columns; start += Patch)
        {
            // A quirk of the program: activity is looked up as if the first patch began with the sound.
            if (active.AsSpan(start - FirstPatch, Patch).Contains(true))
            {
                sum += Nsim.Patch(spectraX, spectraY, columns, start, Patch);
                count++;
            }
        }

        return sum / count;
    }

    /// <summary>Maps a similarity to a mean opinion score.</summary>
    /// <param name="similarity">A result of <see cref="Similarity"/>.</param>
    /// <param name="scaleToFive">Stretches the fit, which gives 4.016 for 1, to give 5 (the program's default).</param>
    /// <returns>1..5; NaN for NaN.</returns>
    public static double ToMos(double similarity, bool scaleToFive = true) =>
        Math.Clamp((FitA + Math.Exp(FitB * (similarity - FitX0))) * (scaleToFive ? FitScale : 1), 1, 5);

    private static float[] Mono(PlanarPair pair, bool degraded)
    {
        float[] mono = new float[pair.Samples];
        for (int c = 0; c < pair.Channels; c++)
        {
            ReadOnlySpan<float> channel = degraded ? pair.Degraded(c) : pair.Reference(c);
            for (int i = 0; i < mono.Length; i++)
            {
                mono[i] += channel[i] / pair.Channels;
            }
        }

        return mono;
    }

    private static double Energy(double[] samples)
    {
        double energy = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            energy += samples[i] * samples[i];
        }

        return energy;
    }
}
