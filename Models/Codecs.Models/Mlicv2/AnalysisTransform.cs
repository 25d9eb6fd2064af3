using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>g_a: a linear 16x16 KLT beside a network at 1/8 and 1/16 resolution; their sum is the latent.</summary>
/// <remarks>The linear shortcut makes the untrained network a transform codec already (AuxT, ICLR 2025, uses the same idea).</remarks>
internal sealed class AnalysisTransform : nn.Module<Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise klt;
    internal readonly Pointwise input;
    internal readonly ModuleList<TokenMixBlock> blocks;
    internal readonly SpatialConvolution down;
    internal readonly TokenMixBlock tail;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    private static readonly Scalar s_two = 2; // held for ever, see L20Transforms

    internal AnalysisTransform(ComputePolicy policy, ComputePolicy exact)
        : base("g_a")
    {
        const int wide = L20Config.TransformChannels, latent = L20Config.LatentChannels;
        klt = new Pointwise(exact, 16 * 16 * 3, latent, hasBias: false);
        input = new Pointwise(policy, 8 * 8 * 3, wide);
        blocks = new ModuleList<TokenMixBlock>([new(policy, wide), new(policy, wide), new(policy, wide)]);
        down = SpatialConvolution.Halving(policy, wide, latent, kernel: 3);
        tail = new TokenMixBlock(policy, latent);
        output = new Pointwise(policy, latent, latent);
        RegisterComponents();
    }

    /// <param name="picture">Picture - 0.5, [N, H, W, 3], H and W multiples of 16.</param>
    /// <param name="gain">Feature gain of the rate, [N, 1, 1, 144].</param>
    /// <returns>Latent before the quantisation gain, [N, H/16, W/16, 192].</returns>
    public override Tensor forward(Tensor picture, Tensor gain)
    {
        Tensor linear = klt.forward(Rearrange.SpaceToDepth(picture, 16));
        Tensor t = input.forward(Rearrange.SpaceToDepth(picture, 8) * s_two) * gain;
        foreach (TokenMixBlock block in blocks)
        {
            t = block.forward(t);
        }

        return linear + output.forward(tail.forward(down.forward(t).to(ScalarType.Float32)));
    }
}
