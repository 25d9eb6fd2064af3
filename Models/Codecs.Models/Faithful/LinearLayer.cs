using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A matrix product with bias over the last dimension.</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs], <c>bias</c> [outputs].</remarks>
internal sealed class LinearLayer : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    internal LinearLayer(WeightScope weights, int inputs, int outputs)
    {
        _weight = weights.Keep(weights.Take("weight", outputs, inputs));
        _bias = weights.Keep(weights.Take("bias", outputs));
    }

    public Tensor Forward(Tensor x) => nn.functional.linear(x, _weight, _bias);
}
