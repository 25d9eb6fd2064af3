namespace Codecs.Metrics.Audio;

/// <summary>Power spectra of whole sounds: sums over all frames and channels.</summary>
internal static class PowerSpectrum
{
    /// <summary>Spectra [window / 2 + 1] of the reference and of the error, which is degraded minus reference.</summary>
    public static (double[] Reference, double[] Error) Measure(PlanarPair pair, int window)
    {
        var stft = PairedStft.Quarter(window);
        double[] reference = new double[stft.PowerA.Length];
        double[] error = new double[reference.Length];
        for (int c = 0; c < pair.Channels; c++)
        {
            double[] a = PairedStft.Centered(pair.Reference(c), window / 2);
            double[] b = PairedStft.Centered(pair.Degraded(c), window / 2);
            for (int i = 0; i < b.Length; i++)
            {
                b[i] -= a[i];
            }

            int frames = stft.Frames(a.Length);
            for (int frame = 0; frame < frames; frame += Fft.Lanes)
            {
                int lanes = stft.Transform(a, b, frame);
                for (int k = 0; k < reference.Length; k++)
                {
                    reference[k] += PairedStft.Sum(stft.PowerA[k], lanes);
                    error[k] += PairedStft.Sum(stft.PowerB[k], lanes);
                }
            }
        }

        return (reference, error);
    }
}
