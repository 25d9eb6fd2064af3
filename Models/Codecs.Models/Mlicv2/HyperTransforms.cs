using Codecs.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Codecs.Models.Mlicv2;

/// <summary>h_a: the hyper latent z (1/64) of a latent (1/16).</summary>
/// <remarks>
/// It sees asinh(y): linear for small values, logarithmic for large ones. A DC of several hundred steps would otherwise send gradients
/// a hundred times the usual size through it. Only encoders run this network, so it need not be exact.
/// </remarks>
internal sealed class HyperAnalysis : Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise reduce;
    internal readonly SpatialConvolution down1;
    internal readonly SpatialConvolution down2;
#pragma warning restore IDE1006

    internal HyperAnalysis(ComputePolicy policy, ComputePolicy exact)
        : base("h_a")
    {
        const int z = L20Config.HyperChannels;
        reduce = new Pointwise(exact, L20Config.LatentChannels, z);
        down1 = SpatialConvolution.Halving(policy, z, z, kernel: 4);
        down2 = SpatialConvolution.Halving(policy, z, z, kernel: 4);
        RegisterComponents();
    }

    /// <param name="latent">Latent in quantiser steps, [N, h, w, 192], h and w multiples of 4.</param>
    /// <returns>Hyper latent before rounding, [N, h/4, w/4, 64].</returns>
    public override Tensor forward(Tensor latent)
    {
        Tensor t = TokenMixBlock.Activate(reduce.forward(latent.asinh()));
        t = TokenMixBlock.Activate(down1.forward(t));
        return down2.forward(t).to(ScalarType.Float32) * 3;
    }
}

/// <summary>h_s: the entropy network's first state (1/16) of a rounded hyper latent; the float twin of the exact path.</summary>
internal sealed class HyperSynthesis : Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise up1;
    internal readonly TokenMixBlock block;
    internal readonly Pointwise up2;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    internal HyperSynthesis(ComputePolicy policy)
        : base("h_s")
    {
        const int z = L20Config.HyperChannels;
        up1 = new Pointwise(policy, z, 4 * z);
        block = new TokenMixBlock(policy, z);
        up2 = new Pointwise(policy, z, 4 * z);
        output = new Pointwise(policy, z, L20Config.LatentChannels);
        RegisterComponents();
    }

    /// <param name="hyper">Rounded hyper latent, [N, h/4, w/4, 64].</param>
    /// <returns>State, [N, h, w, 192].</returns>
    public override Tensor forward(Tensor hyper)
    {
        Tensor t = TokenMixBlock.Activate(Rearrange.DepthToSpace(up1.forward(hyper), 2));
        t = block.forward(t.to(ScalarType.Float32));
        t = TokenMixBlock.Activate(Rearrange.DepthToSpace(up2.forward(t), 2));
        return output.forward(t).to(ScalarType.Float32);
    }
}
