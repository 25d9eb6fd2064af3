using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>A convolution over time with zero padding, stride 1.</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs, kernel], or <c>weight_g</c> and <c>weight_v</c> under weight normalisation; <c>bias</c> [outputs].</remarks>
internal sealed class Convolution1d : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly long _padding;
    private readonly long _dilation;

    private Convolution1d(Tensor weight, Tensor? bias, int padding, int dilation) => (_weight, _bias, _padding, _dilation) = (weight, bias, padding, dilation);

    internal static Convolution1d Plain(WeightScope weights, int inputs, int outputs, int kernel, int padding) => new(
        weights.Keep(weights.Take("weight", outputs, inputs, kernel)), weights.Keep(weights.Take("bias", outputs)), padding, dilation: 1);

    internal static Convolution1d Normalized(WeightScope weights, int inputs, int outputs, int kernel, int padding, int dilation = 1, bool hasBias = true) => new(
        weights.Keep(weights.TakeNormalized(outputs, inputs, kernel)), hasBias ? weights.Keep(weights.Take("bias", outputs)) : null, padding, dilation);

    public Tensor Forward(Tensor x) => nn.functional.conv1d(x, _weight, _bias, stride: 1, padding: _padding, dilation: _dilation);
}
