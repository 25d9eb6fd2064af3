using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>The periodic activation x + sin²(αx)/β with α and β per channel, stored as logarithms.</summary>
/// <remarks>Ziyin, Hartwig and Ueda 2020; in the two-parameter form of BigVGAN. Names: <c>alpha</c>, <c>beta</c> [1, C, 1].</remarks>
internal sealed class SnakeLayer : ILayer
{
    private readonly Tensor _frequency;
    private readonly Tensor _inverse;

    internal SnakeLayer(WeightScope weights, int channels)
    {
        using Tensor alpha = weights.Take("alpha", 1, channels, 1), beta = weights.Take("beta", 1, channels, 1);
        using Tensor magnitude = beta.exp();
        _frequency = weights.Keep(alpha.exp());
        _inverse = weights.Keep(magnitude.add_(1e-9).reciprocal());
    }

    public Tensor Forward(Tensor x)
    {
        using Tensor sine = (x * _frequency).sin_();
        return sine.square().mul_(_inverse).add_(x);
    }
}
