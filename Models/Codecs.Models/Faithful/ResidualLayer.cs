using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>x + f(x).</summary>
internal sealed class ResidualLayer(params ILayer[] layers) : ILayer
{
    private readonly LayerChain _inner = new(layers);

    public Tensor Forward(Tensor x) => _inner.Forward(x).add_(x);
}
