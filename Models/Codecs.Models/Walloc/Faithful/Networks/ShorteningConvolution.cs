using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>A transposed convolution with kernel 2, stride 1 and padding 1: T frames become T - 1.</summary>
/// <remarks>What is left of the decoder's up-sampling layer when its stride is 1. Names: <c>weight_g</c> [inputs, 1, 1],
/// <c>weight_v</c> [inputs, outputs, 2], <c>bias</c> [outputs]; the norm is taken per input.</remarks>
internal sealed class ShorteningConvolution : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    internal ShorteningConvolution(WeightScope weights, int inputs, int outputs)
    {
        _weight = weights.Keep(weights.TakeNormalized(inputs, outputs, 2));
        _bias = weights.Keep(weights.Take("bias", outputs));
    }

    public Tensor Forward(Tensor x) => nn.functional.conv_transpose1d(x, _weight, _bias, stride: 1, padding: 1);
}
