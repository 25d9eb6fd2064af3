using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Log-spectral distance. Lower is better.</summary>
/// <remarks>
/// A. Gray, J. Markel, "Distance measures for speech processing", IEEE Trans. ASSP 1976: per frame the root mean square over bins of the difference
/// of the spectra in decibels, then the mean over frames and channels. Powers below 1e-10 count as 1e-10. Frames: smallest power of two of at
/// least 32 ms, periodic Hann window, hop a quarter, centred with mirrored ends.
/// </remarks>
public static class LogSpectralDistance
{
    private const double Floor = 1e-10;

    /// <summary>The distance of two sounds.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], -1..1.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz.</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>Decibels: 0 for equal spectra, else above 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are not above half a frame, or do not fit the channels; the rate is out of range.</exception>
    public static double Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, int channels = 1)
    {
        int window = PairedStft.WindowFor(sampleRateHz);
        var pair = new PlanarPair(reference, degraded, channels, (window / 2) + 1);
        var stft = PairedStft.Quarter(window);
        double toDecibels = 10 / Math.Log(10);
        double sum = 0;
        long count = 0;
        for (int c = 0; c < pair.Channels; c++)
        {
            double[] a = PairedStft.Centered(pair.Reference(c), window / 2);
            double[] b = PairedStft.Centered(pair.Degraded(c), window / 2);
            int frames = stft.Frames(a.Length);
            for (int frame = 0; frame < frames; frame += Fft.Lanes)
            {
                int lanes = stft.Transform(a, b, frame);
                sum += toDecibels * PairedStft.Sum(RootMeanSquareLog(stft.PowerA, stft.PowerB), lanes);
            }

            count += frames;
        }

        return sum / count;
    }

    private static Lane RootMeanSquareLog(ReadOnlySpan<Lane> a, ReadOnlySpan<Lane> b)
    {
        Lane floor = Vector256.Create(Floor);
        Lane squares = Lane.Zero;
        for (int k = 0; k < a.Length; k++)
        {
            Lane logarithm = Vector256.Log(Vector256.Max(a[k], floor) / Vector256.Max(b[k], floor));
            squares += logarithm * logarithm;
        }

        return Vector256.Sqrt(squares / a.Length);
    }
}
