using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The shipped <c>walloc-audio</c> as a trainable network, between the wavelet packets of mid and side and of their reconstruction.</summary>
/// <remarks>
/// X (2 x 256 packets, 172 or 188 a second) → one matrix → y → gain, compander → round → expander → ŷ → one matrix + a network over time → X̂. Design
/// "WaLLoC-A" after arXiv 2412.09405. Besides X̂ the decoder gives the size of what is lost, so that noise of that size can stand for it.
/// </remarks>
internal sealed class AudioWalloc : nn.Module
{
    /// <summary>Wavelet levels.</summary>
    internal const int WaveletLevels = 8;

    /// <summary>Samples per latent position.</summary>
    internal const int Stride = 1 << WaveletLevels;

    /// <summary>Packets at a position: 256 of mid, 256 of side.</summary>
    internal const int Coefficients = 2 * Stride;

    /// <summary>Latent channels.</summary>
    internal const int Latents = 96;

    /// <summary>Width of the decoder's network.</summary>
    internal const int Width = 256;

    /// <summary>Dilations of the decoder's units.</summary>
    internal static readonly int[] Dilations = [1, 3, 9, 1, 3, 9];

    internal static readonly (int Dy, int Dx)[] Neighbours = [(0, -1), (0, -2), (0, -3)];
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise encoder;
    internal readonly LatentQuantizer quantizer;
    internal readonly LatentContext context;
    internal readonly AudioWallocDecoder decoder;
#pragma warning restore IDE1006

    internal AudioWalloc()
        : base("walloc-audio")
    {
        Policy = new ComputePolicy();
        var exact = new ComputePolicy();
        encoder = new Pointwise(exact, Coefficients, Latents);
        quantizer = new LatentQuantizer(Latents, limit: 1500);
        context = new LatentContext(Latents, Neighbours);
        decoder = new AudioWallocDecoder(Policy, exact);
        RegisterComponents();
    }

    /// <summary>Number format of the decoder's products.</summary>
    internal ComputePolicy Policy { get; }

    /// <summary>Quantiser step that a rate index starts from, in units of the packets (full scale 1): 0.35 to 0.006.</summary>
    internal static double Step(double rate) => 0.35 * Math.Pow(60, -rate / WallocRates.MaxRate);

    /// <summary>One pass.</summary>
    /// <param name="packets">[N, 1, T, 512], mid before side.</param>
    /// <param name="rate">Rate indices [N].</param>
    /// <param name="noise">Bits under uniform noise (training) or of the rounded latents.</param>
    /// <returns>Bits of each latent [N, 1, T, C], the decoded packets and the size of what they lack, [N, 1, T, 512].</returns>
    internal (Tensor Bits, Tensor Packets, Tensor Lost) Forward(Tensor packets, Tensor rate, bool noise)
    {
        Tensor u = quantizer.Compand(encoder.forward(packets), rate);
        Tensor rounded = u + (u.round() - u).detach();
        Tensor bits = context.Bits(noise ? u + empty_like(u).uniform_(-0.5, 0.5) : rounded, rounded, rate);
        (Tensor decoded, Tensor lost) = decoder.Forward(rounded, quantizer.Expand(rounded, rate), rate);
        return (bits, decoded, lost);
    }
}
