using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>x·sigmoid(x).</summary>
internal sealed class SiluLayer : ILayer
{
    public Tensor Forward(Tensor x) => nn.functional.silu(x);
}
