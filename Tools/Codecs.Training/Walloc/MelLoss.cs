using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Distance of log mel spectra at three scales: the part of the loss that listens.</summary>
/// <remarks>Windows of 512, 1024, 2048 samples, a quarter apart; 80, 160, 320 mel bands; mean |difference of log10|, floor 1e-5. After DAC (Kumar et al., 2023).</remarks>
internal sealed class MelLoss
{
    private const double Floor = 1e-5;
    private static readonly (int Window, int Bands)[] s_scales = [(512, 80), (1024, 160), (2048, 320)];
    private readonly (int Size, Tensor Window, Tensor Bank)[] _scales;

    internal MelLoss(int sampleRate) => _scales =
    [
        .. s_scales.Select(s => (s.Window, hann_window(s.Window).DetachFromDisposeScope(), Bank(sampleRate, s.Window, s.Bands).DetachFromDisposeScope())),
    ];

    /// <param name="signal">[N, samples].</param>
    /// <param name="reference">[N, samples].</param>
    /// <returns>A scalar.</returns>
    internal Tensor Forward(Tensor signal, Tensor reference)
    {
        Tensor sum = zeros(1);
        foreach ((int size, Tensor window, Tensor bank) in _scales)
        {
            sum = sum + (Mel(signal, size, window, bank) - Mel(reference, size, window, bank)).abs().mean();
        }

        return sum / _scales.Length;
    }

    private static Tensor Mel(Tensor x, int size, Tensor window, Tensor bank)
    {
        Tensor spectrum = stft(x, size, size / 4, size, window, center: true, return_complex: true);
        Tensor magnitude = (view_as_real(spectrum).square().sum(-1) + 1e-12).sqrt(); // [N, bins, frames]
        return bank.matmul(magnitude).clamp_min(Floor).log10();
    }

    // Slaney's scale: linear to 1 kHz, logarithmic above; triangles of equal area.
    private static Tensor Bank(int sampleRate, int window, int bands)
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
