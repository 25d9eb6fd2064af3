using System.Globalization;

namespace Codecs.Metrics.Audio;

/// <summary>Signal-to-noise ratio per frequency band. Higher is better.</summary>
/// <remarks>
/// Energies of the reference and of the difference, summed over frames, channels and the bins of each band. Frames as in
/// <see cref="LogSpectralDistance"/>; the window's main lobe spreads energy over two bins to each side, so bands should span several.
/// </remarks>
public static class BandSnr
{
    /// <summary>The ratio in each band.</summary>
    /// <param name="reference">Samples, float32 [channels, samples], any scale.</param>
    /// <param name="degraded">Samples of the same shape.</param>
    /// <param name="sampleRateHz">Sampling rate, 8000..384000 Hz.</param>
    /// <param name="edgesHz">At least two rising frequencies; band i holds the bins with edgesHz[i] &lt;= f &lt; edgesHz[i + 1].</param>
    /// <param name="channels">Channels, at least 1, one after the other.</param>
    /// <returns>
    /// Decibels for each of the edges' count - 1 bands; positive infinity for equal sounds; NaN where the reference is silent or the band holds no bin.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, are not above half a frame, or do not fit the channels; edges do not rise; the rate is out of range.
    /// </exception>
    public static double[] Compute(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz, ReadOnlySpan<double> edgesHz, int channels = 1)
    {
        int window = PairedStft.WindowFor(sampleRateHz);
        var pair = new PlanarPair(reference, degraded, channels, (window / 2) + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(edgesHz.Length, 2);
        for (int i = 1; i < edgesHz.Length; i++)
        {
            if (!(edgesHz[i] > edgesHz[i - 1]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Edges must rise; found {edgesHz[i - 1]} Hz before {edgesHz[i]} Hz."), nameof(edgesHz));
            }
        }

        (double[] signal, double[] noise) = PowerSpectrum.Measure(pair, window);
        double[] ratios = new double[edgesHz.Length - 1];
        for (int band = 0; band < ratios.Length; band++)
        {
            double bandSignal = 0;
            double bandNoise = 0;
            for (int k = 0; k < signal.Length; k++)
            {
                double hz = (double)k * sampleRateHz / window;
                if (hz >= edgesHz[band] && hz < edgesHz[band + 1])
                {
                    bandSignal += signal[k];
                    bandNoise += noise[k];
                }
            }

            ratios[band] = Snr.Decibels(bandSignal, bandNoise);
        }

        return ratios;
    }
}
