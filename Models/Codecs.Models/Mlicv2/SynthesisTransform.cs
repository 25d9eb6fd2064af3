using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>g_s: the inverse KLT beside a network at 1/16 and 1/8 resolution; their sum is the picture.</summary>
internal sealed class SynthesisTransform : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise klt;
    internal readonly TokenMixBlock head;
    internal readonly Pointwise up;
    internal readonly ModuleList<TokenMixBlock> blocks;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    private static readonly Scalar s_two = 2; // held for ever, see L20Transforms

    internal SynthesisTransform(ComputePolicy policy, ComputePolicy exact)
        : base("g_s")
    {
        const int wide = L20Config.TransformChannels, latent = L20Config.LatentChannels;
        klt = new Pointwise(exact, latent, 16 * 16 * 3, hasBias: false);
        head = new TokenMixBlock(policy, latent);
        up = new Pointwise(policy, latent, 4 * wide);
        blocks = new ModuleList<TokenMixBlock>(
            [new(policy, wide), new(policy, wide), new(policy, wide), new(policy, wide), new(policy, wide)]);
        output = new Pointwise(policy, wide, 8 * 8 * 3);
        RegisterComponents();
    }

    /// <param name="latent">Dequantised latent after the inverse quantisation gain, [N, h, w, 192].</param>
    /// <param name="gain">Feature gain of the rate, [N, 1, 1, 144].</param>
    /// <returns>Picture - 0.5, [N, 16 h, 16 w, 3].</returns>
    public override Tensor forward(Tensor latent, Tensor gain)
    {
        Tensor linear = Rearrange.DepthToSpace(klt.forward(latent), 16);
        Tensor t = Rearrange.DepthToSpace(up.forward(head.forward(latent * s_two)), 2) * gain;
        foreach (TokenMixBlock block in blocks)
        {
            t = block.forward(t);
        }

        return linear + Rearrange.DepthToSpace(output.forward(t), 8);
    }
}
