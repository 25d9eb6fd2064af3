using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>Layers one after the other; each intermediate result is freed when the next exists.</summary>
internal sealed class LayerChain(params ILayer[] layers) : ILayer
{
    public Tensor Forward(Tensor x)
    {
        Tensor value = x.alias();
        foreach (ILayer layer in layers)
        {
            Tensor next = layer.Forward(value);
            value.Dispose();
            value = next;
        }

        return value;
    }
}
