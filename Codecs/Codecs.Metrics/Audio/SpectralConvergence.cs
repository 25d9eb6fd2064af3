using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Spectral convergence: relative error of the magnitude spectrogram. Lower is better.</summary>
/// <remarks>
/// S. Arik, H. Jun, G. Diamos, "Fast spectrogram inversion using multi-head convolutional neural networks", IEEE SPL 2019: the Frobenius norm of
/// the difference of magnitudes over that of the reference's. Frames as in <see cref="LogSpectralDistance"/>. All channels count together.
/// </remarks>
public static class SpectralConvergence
{
    /// <summary>The relative error.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>A ratio: 0 for equal magnitudes, 1 for a silent degraded sound, unbounded; NaN when the reference is silent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are not above half a frame, or do not fit the channels; the rate is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1)
    {
        int window = PairedStft.WindowFor(sampleRateHz);
        var pair = new PlanarPair(reference, degraded, channels, (window / 2) + 1);
        var stft = PairedStft.Quarter(window);
        double error = 0;
        double norm = 0;
        for (int c = 0; c < pair.Channels; c++)
        {
            double[] a = PairedStft.Centered(pair.Reference(c), window / 2);
            double[] b = PairedStft.Centered(pair.Degraded(c), window / 2);
            int frames = stft.Frames(a.Length);
            for (int frame = 0; frame < frames; frame += Fft.Lanes)
            {
                int lanes = stft.Transform(a, b, frame);
                ReadOnlySpan<Lane> x = stft.MagnitudesA();
                ReadOnlySpan<Lane> y = stft.MagnitudesB();
                Lane frameError = Lane.Zero;
                Lane frameNorm = Lane.Zero;
                for (int k = 0; k < x.Length; k++)
                {
                    frameError += (x[k] - y[k]) * (x[k] - y[k]);
                    frameNorm += x[k] * x[k];
                }

                error += PairedStft.Sum(frameError, lanes);
                norm += PairedStft.Sum(frameNorm, lanes);
            }
        }

        return norm == 0 ? double.NaN : Math.Sqrt(error / norm);
    }
}
