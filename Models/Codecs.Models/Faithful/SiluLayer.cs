using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>x·sigmoid(x).</summary>
internal sealed class SiluLayer : ILayer
{
    public Tensor Forward(Tensor x) => nn.functional.silu(x);
}
