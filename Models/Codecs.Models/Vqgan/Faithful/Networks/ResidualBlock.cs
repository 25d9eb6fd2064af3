using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Two normalised convolutions beside the input; where the channels change, the input goes through a 1x1 convolution.</summary>
/// <remarks>Names: <c>norm1</c>, <c>conv1</c>, <c>norm2</c>, <c>conv2</c>, <c>nin_shortcut</c>.</remarks>
internal sealed class ResidualBlock : ILayer
{
    private readonly LayerChain _inner;
    private readonly Convolution2d? _shortcut;

    internal ResidualBlock(WeightScope weights, int inputs, int outputs)
    {
        _inner = new LayerChain(
            new NormalizedSwish(weights.At("norm1"), inputs),
            new Convolution2d(weights.At("conv1"), inputs, outputs, kernel: 3),
            new NormalizedSwish(weights.At("norm2"), outputs),
            new Convolution2d(weights.At("conv2"), outputs, outputs, kernel: 3));
        _shortcut = inputs == outputs ? null : new Convolution2d(weights.At("nin_shortcut"), inputs, outputs, kernel: 1);
    }

    public Tensor Forward(Tensor x)
    {
        // Of two handles to one map both must go before its memory does.
        using var scope = NewDisposeScope();
        return _inner.Forward(x).add_(_shortcut?.Forward(x) ?? x).MoveToOuterDisposeScope();
    }
}
