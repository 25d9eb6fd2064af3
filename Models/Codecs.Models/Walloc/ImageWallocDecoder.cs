using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The decoder of <c>walloc-image</c>: the linear inverse of the encoder plus a network over the neighbourhood.</summary>
internal sealed class ImageWallocDecoder : nn.Module
{
    private static readonly Scalar s_one = 1; // held for ever, see WallocRates
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise shortcut;
    internal readonly Pointwise input;
    internal readonly Parameter gain;
    internal readonly ModuleList<TokenMixBlock> blocks;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    internal ImageWallocDecoder(ComputePolicy policy, ComputePolicy exact)
        : base("decoder")
    {
        shortcut = new Pointwise(exact, ImageWalloc.Latents, ImageWalloc.Coefficients, hasBias: false);
        input = new Pointwise(policy, 2 * ImageWalloc.Latents, ImageWalloc.Width);
        gain = new Parameter(ones(WallocRates.Levels, ImageWalloc.Width));
        blocks = new ModuleList<TokenMixBlock>([.. Enumerable.Range(0, ImageWalloc.Blocks).Select(_ => new TokenMixBlock(policy, ImageWalloc.Width))]);
        output = new Pointwise(policy, ImageWalloc.Width, ImageWalloc.Coefficients);
        RegisterComponents();
    }

    /// <param name="steps">Latents in quantiser steps, [N, H, W, C].</param>
    /// <param name="latent">Expanded latents, [N, H, W, C].</param>
    /// <param name="rate">Rate indices [N].</param>
    /// <returns>Packets [N, H, W, 192].</returns>
    internal Tensor Forward(Tensor steps, Tensor latent, Tensor rate)
    {
        // Steps span orders of magnitude: the network sees them on a logarithmic scale, beside the values themselves.
        Tensor t = input.forward(cat([(steps.abs() + s_one).log() * steps.sign(), latent], -1)) * WallocRates.Mix(gain, rate);
        foreach (TokenMixBlock block in blocks)
        {
            t = block.forward(t);
        }

        return shortcut.forward(latent) + output.forward(t);
    }
}
