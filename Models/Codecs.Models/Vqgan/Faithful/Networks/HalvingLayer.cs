using Codecs.Models.Faithful;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Half the size: a 3x3 convolution with stride 2 after one column of zeros on the right and one row at the bottom, and none elsewhere.</summary>
/// <remarks>Names: <c>conv.weight</c>, <c>conv.bias</c>.</remarks>
internal sealed class HalvingLayer : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    internal HalvingLayer(WeightScope weights, int channels)
    {
        WeightScope convolution = weights.At("conv");
        _weight = convolution.Keep(convolution.Take("weight", channels, channels, 3, 3));
        _bias = convolution.Keep(convolution.Take("bias", channels));
    }

    public Tensor Forward(Tensor x)
    {
        using Tensor padded = nn.functional.pad(x, [0, 1, 0, 1], PaddingModes.Constant, 0);
        return nn.functional.conv2d(padded, _weight, _bias, strides: [2, 2]);
    }
}
