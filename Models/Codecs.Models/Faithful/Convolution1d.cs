using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A convolution over time with zero padding, stride 1.</summary>
/// <remarks>Names: <c>weight</c> [outputs, inputs, kernel], or <c>weight_g</c> and <c>weight_v</c> under weight normalisation; <c>bias</c> [outputs].</remarks>
internal sealed class Convolution1d : ILayer
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly long _padding;
    private readonly long _dilation;
    private readonly long _groups;

    private Convolution1d(Tensor weight, Tensor? bias, int padding, int dilation = 1, int groups = 1) =>
        (_weight, _bias, _padding, _dilation, _groups) = (weight, bias, padding, dilation, groups);

    internal static Convolution1d Plain(WeightScope weights, int inputs, int outputs, int kernel, int padding) => new(
        weights.Keep(weights.Take("weight", outputs, inputs, kernel)), weights.Keep(weights.Take("bias", outputs)), padding);

    /// <summary>Every channel by itself: <c>weight</c> [channels, 1, kernel].</summary>
    internal static Convolution1d Depthwise(WeightScope weights, int channels, int kernel, int padding) => new(
        weights.Keep(weights.Take("weight", channels, 1, kernel)), weights.Keep(weights.Take("bias", channels)), padding, groups: channels);

    internal static Convolution1d Normalized(WeightScope weights, int inputs, int outputs, int kernel, int padding, int dilation = 1, bool hasBias = true) => new(
        weights.Keep(weights.TakeNormalized(outputs, inputs, kernel)), hasBias ? weights.Keep(weights.Take("bias", outputs)) : null, padding, dilation);

    public Tensor Forward(Tensor x) => nn.functional.conv1d(x, _weight, _bias, stride: 1, padding: _padding, dilation: _dilation, groups: _groups);
}
