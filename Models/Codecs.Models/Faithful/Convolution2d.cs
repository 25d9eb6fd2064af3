using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A convolution over pictures that keeps the size: kernel 1 or 3, zero padding.</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs, kernel, kernel], <c>bias</c> [outputs].</remarks>
internal sealed class Convolution2d : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly long[] _padding;

    internal Convolution2d(WeightScope weights, int inputs, int outputs, int kernel)
    {
        _weight = weights.Keep(weights.Take("weight", outputs, inputs, kernel, kernel));
        _bias = weights.Keep(weights.Take("bias", outputs));
        _padding = [kernel / 2, kernel / 2];
    }

    public Tensor Forward(Tensor x) => nn.functional.conv2d(x, _weight, _bias, padding: _padding);
}
