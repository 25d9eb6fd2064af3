using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>x where positive, exp(x) - 1 elsewhere.</summary>
/// <remarks>Clevert, Unterthiner and Hochreiter 2016.</remarks>
internal sealed class EluLayer : ILayer
{
    public Tensor Forward(Tensor x) => nn.functional.elu(x, alpha: 1);
}
