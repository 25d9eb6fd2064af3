using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan;

/// <summary>From code vectors to pictures: a linear map to each 16x16 patch plus a network over the neighbourhood, told how many bits an index has.</summary>
internal sealed class VqxDecoder : nn.Module
{
    private const int FineStride = 4;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Pointwise klt;
    internal readonly Pointwise input;
    internal readonly Parameter gain;
    internal readonly Parameter offset;
    internal readonly ModuleList<TokenMixBlock> coarse;
    internal readonly Pointwise to_middle;
    internal readonly ModuleList<TokenMixBlock> middle;
    internal readonly Pointwise to_fine;
    internal readonly ModuleList<TokenMixBlock> fine;
    internal readonly Pointwise output;
#pragma warning restore IDE1006

    internal VqxDecoder(ComputePolicy policy, ComputePolicy exact)
        : base("decoder")
    {
        klt = new Pointwise(exact, VqxShape.Dimensions, VqxShape.Patch, hasBias: false);
        input = new Pointwise(policy, VqxShape.Dimensions, VqxShape.DecoderCoarse);
        gain = new Parameter(ones(VqxShape.Depth + 1, VqxShape.DecoderCoarse));
        offset = new Parameter(zeros(VqxShape.Depth + 1, VqxShape.DecoderCoarse));
        coarse = VqxEncoder.Blocks(policy, 6, VqxShape.DecoderCoarse);
        to_middle = new Pointwise(policy, VqxShape.DecoderCoarse, 4 * VqxShape.DecoderMiddle);
        middle = VqxEncoder.Blocks(policy, 4, VqxShape.DecoderMiddle);
        to_fine = new Pointwise(policy, VqxShape.DecoderMiddle, 4 * VqxShape.DecoderFine);
        fine = VqxEncoder.Blocks(policy, 4, VqxShape.DecoderFine);
        output = new Pointwise(policy, VqxShape.DecoderFine, FineStride * FineStride * 3);
        RegisterComponents();
    }

    /// <param name="vectors">Code vectors [N, R, C, <see cref="VqxShape.Dimensions"/>].</param>
    /// <param name="bits">Bits of an index, int64 [N].</param>
    /// <returns>[N, 16 R, 16 C, 3], about ±0.5.</returns>
    internal Tensor Forward(Tensor vectors, Tensor bits)
    {
        using var scope = NewDisposeScope();
        Tensor t = (input.forward(vectors) * At(gain, bits)) + At(offset, bits);
        t = VqxEncoder.Run(coarse, t);
        t = VqxEncoder.Run(middle, Rearrange.DepthToSpace(to_middle.forward(t), 2));
        t = VqxEncoder.Run(fine, Rearrange.DepthToSpace(to_fine.forward(t), 2));
        Tensor detail = Rearrange.DepthToSpace(output.forward(t).to(float32), FineStride);
        return (Rearrange.DepthToSpace(klt.forward(vectors), VqxShape.Stride) + detail).MoveToOuterDisposeScope();
    }

    private static Tensor At(Parameter table, Tensor bits) => table.index_select(0, bits).reshape(-1, 1, 1, table.shape[1]);
}
