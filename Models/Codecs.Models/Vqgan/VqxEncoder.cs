using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan;

/// <summary>From pictures to vectors: a linear map of each 16x16 patch plus a network over the neighbourhood.</summary>
/// <remarks>The linear map starts as the patches' principal components, so that the network has only to learn what is better than that.</remarks>
internal sealed class VqxEncoder : nn.Module<Tensor, Tensor>
{
    private const int FineStride = 4;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise klt;
    internal readonly Pointwise input;
    internal readonly ModuleList<TokenMixBlock> fine;
    internal readonly Pointwise to_middle;
    internal readonly ModuleList<TokenMixBlock> middle;
    internal readonly Pointwise to_coarse;
    internal readonly ModuleList<TokenMixBlock> coarse;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    internal VqxEncoder(ComputePolicy policy, ComputePolicy exact)
        : base("encoder")
    {
        klt = new Pointwise(exact, VqxShape.Patch, VqxShape.Dimensions, hasBias: false);
        input = new Pointwise(policy, FineStride * FineStride * 3, VqxShape.EncoderFine);
        fine = Blocks(policy, 2, VqxShape.EncoderFine);
        to_middle = new Pointwise(policy, 4 * VqxShape.EncoderFine, VqxShape.EncoderMiddle);
        middle = Blocks(policy, 2, VqxShape.EncoderMiddle);
        to_coarse = new Pointwise(policy, 4 * VqxShape.EncoderMiddle, VqxShape.EncoderCoarse);
        coarse = Blocks(policy, 4, VqxShape.EncoderCoarse);
        output = new Pointwise(policy, VqxShape.EncoderCoarse, VqxShape.Dimensions);
        RegisterComponents();
    }

    /// <param name="pictures">[N, H, W, 3] in ±0.5; H and W multiples of 16.</param>
    /// <returns>[N, H/16, W/16, <see cref="VqxShape.Dimensions"/>].</returns>
    public override Tensor forward(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        Tensor t = Run(fine, input.forward(Rearrange.SpaceToDepth(pictures, FineStride)));
        t = Run(middle, to_middle.forward(Rearrange.SpaceToDepth(t, 2)));
        t = Run(coarse, to_coarse.forward(Rearrange.SpaceToDepth(t, 2)));
        return (klt.forward(Rearrange.SpaceToDepth(pictures, VqxShape.Stride)) + output.forward(t)).MoveToOuterDisposeScope();
    }

    internal static ModuleList<TokenMixBlock> Blocks(ComputePolicy policy, int count, int width) =>
        new([.. Enumerable.Range(0, count).Select(_ => new TokenMixBlock(policy, width))]);

    internal static Tensor Run(ModuleList<TokenMixBlock> blocks, Tensor t)
    {
        // The residual stream stays in float32.
        t = t.to(float32);
        foreach (TokenMixBlock block in blocks)
        {
            t = block.forward(t);
        }

        return t;
    }
}
