using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>Residual block of SEANet: a linear shortcut plus a branch of half the width.</summary>
/// <remarks>Tagliasacchi et al. 2020. Names: <c>shortcut</c>, <c>block.1</c> (kernel 3), <c>block.3</c> (kernel 1).</remarks>
internal sealed class ShortcutBlock : ILayer
{
    private readonly MirroredConvolution _shortcut;
    private readonly LayerChain _branch;

    internal ShortcutBlock(WeightScope weights, int channels)
    {
        _shortcut = new MirroredConvolution(weights.At("shortcut"), channels, channels, kernel: 1);
        _branch = new LayerChain(
            new EluLayer(),
            new MirroredConvolution(weights.At("block.1"), channels, channels / 2, kernel: 3),
            new EluLayer(),
            new MirroredConvolution(weights.At("block.3"), channels / 2, channels, kernel: 1));
    }

    /// <param name="x">[N, C, L].</param>
    public Tensor Forward(Tensor x)
    {
        using Tensor branch = _branch.Forward(x);
        return _shortcut.Forward(x).add_(branch);
    }
}
