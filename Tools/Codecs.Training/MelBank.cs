using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>Mel filters over magnitude spectra.</summary>
internal static class MelBank
{
    /// <summary>Slaney's scale: linear to 1 kHz, logarithmic above; triangles of equal area.</summary>
    /// <returns>[bands, window / 2 + 1].</returns>
    internal static Tensor Slaney(int sampleRate, int window, int bands)
    {
        int bins = (window / 2) + 1;
        double top = Mel(sampleRate / 2.0);
        double[] edges = [.. Enumerable.Range(0, bands + 2).Select(i => Hertz(top * i / (bands + 1)))];
        float[] bank = new float[bands * bins];
        for (int b = 0; b < bands; b++)
        {
            for (int k = 0; k < bins; k++)
            {
                double f = (double)k * sampleRate / window;
                double rise = (f - edges[b]) / (edges[b + 1] - edges[b]), fall = (edges[b + 2] - f) / (edges[b + 2] - edges[b + 1]);
                bank[(b * bins) + k] = (float)(Math.Max(0, Math.Min(rise, fall)) * 2 / (edges[b + 2] - edges[b]));
            }
        }

        return tensor(bank, [bands, bins]);
    }

    private static double Mel(double hertz) => hertz < 1000 ? hertz * 3 / 200 : 15 + (Math.Log(hertz / 1000) / Math.Log(6.4) * 27);

    private static double Hertz(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
}
