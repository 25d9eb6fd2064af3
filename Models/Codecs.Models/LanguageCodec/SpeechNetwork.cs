using Codecs.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>The shipped <c>language-codec</c> as a trainable network: samples → features → z → codes → spectra → samples.</summary>
/// <remarks>
/// Design "LC-S" after Language-Codec (arXiv 2402.12208): 24 kHz mono, 75 frames a second, MCRVQ of 8 x 1024. In use everything runs in plain code
/// (<see cref="SpeechAnalysis"/>, <see cref="SpeechSynthesis"/>); this class is for training only.
/// </remarks>
internal sealed class SpeechNetwork : nn.Module
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly SpectralEncoder encoder;
    internal readonly MaskedCodebooks codebooks;
    internal readonly FourierDecoder decoder;
#pragma warning restore IDE1006
    private static readonly Scalar s_smallestPower = SpeechFeatures.SmallestPower, s_half = 0.5, s_threeQuarters = -0.75, s_quarter = 0.25;
    private static readonly Scalar s_largestLog = SpeechSynthesis.LargestLogMagnitude, s_smallestSquare = SpeechSynthesis.SmallestSquare;
    private readonly Tensor _window;
    private readonly Tensor _bank;

    internal SpeechNetwork()
        : base("language-codec")
    {
        Policy = new ComputePolicy();
        encoder = new SpectralEncoder(Policy);
        codebooks = new MaskedCodebooks();
        decoder = new FourierDecoder(Policy);
        _window = hann_window(SpeechShape.Window).DetachFromDisposeScope();
        _bank = tensor(SpeechFeatures.MelBank(), [SpeechShape.MelBands, SpeechShape.Bins]).DetachFromDisposeScope();
        register_module(nameof(encoder), encoder);
        register_module(nameof(codebooks), codebooks);
        register_module(nameof(decoder), decoder);
    }

    /// <summary>Number format of encoder and decoder.</summary>
    internal ComputePolicy Policy { get; }

    /// <summary>What the encoder sees of a sound; <see cref="SpeechFeatures"/> in torch.</summary>
    /// <param name="samples">[N, 320 T].</param>
    /// <returns>[N, 1, T, 592].</returns>
    internal Tensor Features(Tensor samples)
    {
        Tensor padded = nn.functional.pad(samples, [SpeechShape.Lead, SpeechShape.Lead]);
        Tensor spectrum = view_as_real(stft(
            padded, SpeechShape.Window, SpeechShape.Hop, SpeechShape.Window, _window, center: false, return_complex: true)).transpose(1, 2); // [N, T, bins, 2]
        Tensor power = spectrum.square().sum(-1);
        Tensor low = spectrum.narrow(2, 1, SpeechShape.PhaseBins);
        Tensor compressed = low * (power.narrow(2, 1, SpeechShape.PhaseBins) + s_smallestPower).pow(s_half).pow(s_threeQuarters).unsqueeze(-1);
        Tensor mel = (power.matmul(_bank.t()) + s_smallestPower).pow(s_half).pow(s_quarter);
        return cat([compressed.flatten(2, 3), mel], -1).unsqueeze(1);
    }

    /// <summary>The sound of a decoder's frames; <see cref="SpeechSynthesis"/> in torch, with gradients.</summary>
    /// <param name="frames">[N, T, 1923], see <see cref="FourierDecoder"/>.</param>
    /// <returns>[N, 320 T].</returns>
    internal Tensor Samples(Tensor frames)
    {
        const int bins = SpeechShape.Bins;
        Tensor a = frames.narrow(2, bins, bins), b = frames.narrow(2, 2 * bins, bins);
        Tensor factor = frames.narrow(2, 0, bins).clamp_max(s_largestLog).exp() * (a.square() + b.square() + s_smallestSquare).rsqrt();
        Tensor pieces = fft.irfft(complex(factor * a, factor * b), SpeechShape.Window) * _window;
        long frameCount = frames.shape[1];
        return Overlap(pieces) / Overlap(_window.square().expand(1, frameCount, SpeechShape.Window));
    }

    private static Tensor Overlap(Tensor pieces)
    {
        const int parts = SpeechShape.Window / SpeechShape.Hop;
        long n = pieces.shape[0], frames = pieces.shape[1];
        Tensor cut = pieces.reshape(n, frames, parts, SpeechShape.Hop);
        Tensor sum = nn.functional.pad(cut.select(2, 0), [0, 0, 0, parts - 1]);
        for (int k = 1; k < parts; k++)
        {
            sum = sum + nn.functional.pad(cut.select(2, k), [0, 0, k, parts - 1 - k]);
        }

        return sum.reshape(n, -1).narrow(1, SpeechShape.Lead, frames * SpeechShape.Hop);
    }
}
