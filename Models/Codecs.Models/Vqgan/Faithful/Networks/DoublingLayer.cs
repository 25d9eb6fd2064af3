using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>Twice the size: every position four times, then a 3x3 convolution.</summary>
/// <remarks>Names: <c>conv.weight</c>, <c>conv.bias</c>.</remarks>
internal sealed class DoublingLayer(WeightScope weights, int channels) : ILayer
{
    private readonly Convolution2d _convolution = new(weights.At("conv"), channels, channels, kernel: 3);

    public Tensor Forward(Tensor x)
    {
        using Tensor repeated = nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return _convolution.Forward(repeated);
    }
}
