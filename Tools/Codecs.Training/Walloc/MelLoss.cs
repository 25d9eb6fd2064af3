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
        .. s_scales.Select(s => (s.Window, hann_window(s.Window).DetachFromDisposeScope(), MelBank.Slaney(sampleRate, s.Window, s.Bands).DetachFromDisposeScope())),
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
}
