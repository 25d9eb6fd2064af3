using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>x + f(x).</summary>
internal sealed class ResidualLayer(params ILayer[] layers) : ILayer
{
    private readonly LayerChain _inner = new(layers);

    public Tensor Forward(Tensor x)
    {
        // Of two handles to one map both must go before its memory does.
        using var scope = NewDisposeScope();
        return _inner.Forward(x).add_(x).MoveToOuterDisposeScope();
    }
}
