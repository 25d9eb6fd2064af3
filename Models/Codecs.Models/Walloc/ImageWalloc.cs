using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The shipped <c>walloc-image</c> as a trainable network, between the wavelet packets of a picture and of its reconstruction.</summary>
/// <remarks>
/// X (192 packets at 1/8) → one matrix → y → gain, compander → round → expander → ŷ → one matrix + a network at 1/8 → X̂. The encoder is linear: that
/// is WaLLoC's point (arXiv 2412.09405). The decoder adds to the linear inverse what a network makes of the neighbourhood.
/// </remarks>
internal sealed class ImageWalloc : nn.Module
{
    /// <summary>Wavelet levels.</summary>
    internal const int WaveletLevels = Wavelets.WaveletPacket2D.Levels;

    /// <summary>Picture pixels per latent position and axis.</summary>
    internal const int Stride = 1 << WaveletLevels;

    /// <summary>Packets at a position: 64 of each colour, colour by colour.</summary>
    internal const int Coefficients = 3 << (2 * WaveletLevels);

    /// <summary>Latent channels.</summary>
    internal const int Latents = 96;

    /// <summary>Width and depth of the decoder's network.</summary>
    internal const int Width = 176, Blocks = 6;

    /// <summary>Lagrangian multiplier on 255² MSE for a rate index; 0.001 to 0.4.</summary>
    internal static double Lambda(double rate) => 0.001 * Math.Pow(400, rate / WallocRates.MaxRate);

    internal static readonly (int Dy, int Dx)[] Neighbours = [(0, -1), (-1, 0), (-1, -1), (-1, 1)];
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise encoder;
    internal readonly LatentQuantizer quantizer;
    internal readonly LatentContext context;
    internal readonly ImageWallocDecoder decoder;
#pragma warning restore IDE1006

    internal ImageWalloc()
        : base("walloc-image")
    {
        Policy = new ComputePolicy();
        var exact = new ComputePolicy();
        encoder = new Pointwise(exact, Coefficients, Latents);
        quantizer = new LatentQuantizer(Latents, limit: 2000);
        context = new LatentContext(Latents, Neighbours);
        decoder = new ImageWallocDecoder(Policy, exact);
        RegisterComponents();
    }

    /// <summary>Number format of the decoder's products.</summary>
    internal ComputePolicy Policy { get; }

    /// <summary>One pass.</summary>
    /// <param name="packets">[N, H, W, 192].</param>
    /// <param name="rate">Rate indices [N].</param>
    /// <param name="noise">Bits under uniform noise (training) or of the rounded latents.</param>
    /// <returns>Bits of each latent [N, H, W, C] and the decoded packets.</returns>
    internal (Tensor Bits, Tensor Packets) Forward(Tensor packets, Tensor rate, bool noise)
    {
        Tensor u = quantizer.Compand(encoder.forward(packets), rate);
        Tensor rounded = u + (u.round() - u).detach();
        Tensor bits = context.Bits(noise ? u + empty_like(u).uniform_(-0.5, 0.5) : rounded, rounded, rate);
        return (bits, decoder.Forward(rounded, quantizer.Expand(rounded, rate), rate));
    }
}
