using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Codecs.Models.Layers;

/// <summary>Residual block B(C): depthwise token mixing, then a channel mixer that adds its two halves.</summary>
/// <remarks>
/// x1 = x + b(dw(act(a(x)))); x2 = x1 + e(first half + second half of act(c(x1))). 5 C² + 9 C multiplications a position.
/// Only leaky ReLU with slope 1/8 and additions, so that the same block has an exact integer twin (<c>Codecs.Models.Exact</c>).
/// The design follows DCVC-RT's depthwise blocks (Jia et al., CVPR 2025).
/// </remarks>
internal sealed class TokenMixBlock : Module<Tensor, Tensor>
{
    internal const double Slope = 0.125;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise a;
    internal readonly SpatialConvolution dw;
    internal readonly Pointwise b;
    internal readonly Pointwise c;
    internal readonly Pointwise e;
#pragma warning restore IDE1006
    private readonly int _channels;
    private readonly ComputePolicy _policy;

    internal TokenMixBlock(ComputePolicy policy, int channels)
        : base(nameof(TokenMixBlock))
    {
        _channels = channels;
        _policy = policy;
        a = new Pointwise(policy, channels, channels);
        dw = SpatialConvolution.Depthwise3x3(policy, channels);
        b = new Pointwise(policy, channels, channels);
        c = new Pointwise(policy, channels, 2 * channels);
        e = new Pointwise(policy, channels, channels);
        RegisterComponents();
    }

    /// <param name="input">Map [N, H, W, C]; the residual stream.</param>
    /// <returns>Map of the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        // Without a scope of its own a block keeps some ten maps alive until the caller's scope ends: a gigabyte for a large tile.
        using var scope = NewDisposeScope();
        Tensor mixed = input + b.forward(dw.forward(Activate(a.forward(input))));
        Tensor wide = Activate(c.forward(mixed));
        Tensor result = mixed + e.forward(wide.narrow(-1, 0, _channels) + wide.narrow(-1, _channels, _channels));
        _policy.Observer?.Invoke(this, mixed);
        _policy.Observer?.Invoke(this, result);
        return result.MoveToOuterDisposeScope();
    }

    internal static Tensor Activate(Tensor x) => functional.leaky_relu(x, Slope);
}
