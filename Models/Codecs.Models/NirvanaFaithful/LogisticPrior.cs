using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>The entropy penalty of a fit: bits of integers under one logistic distribution per layer, whose place and width are learned along.</summary>
/// <remarks>
/// Ballé and others, "Variational image compression with a scale hyperprior", 2018, appendix 6.1, with the single stage of the published settings:
/// F(x) = sigmoid(softplus(h) x + b), bits = -log2(F(x + 1/2) - F(x - 1/2)), at most 50. The difference is taken on the side where both are small.
/// </remarks>
internal static class LogisticPrior
{
    /// <summary>Numbers learned per layer: h and b.</summary>
    internal const int Parameters = 2;

    /// <summary>h at the start, for integers.</summary>
    internal const float Absolute = 0;

    /// <summary>h at the start, for differences to the group before, most of which will be 0.</summary>
    internal const float Difference = 4;

    private const double Smallest = 1e-10, MaxBits = 50;

    /// <summary>Bits of a layer.</summary>
    /// <param name="values">Integers with noise of one step.</param>
    /// <param name="parameters">[2], h and b.</param>
    /// <returns>A single number.</returns>
    internal static Tensor Bits(Tensor values, Tensor parameters)
    {
        Tensor steepness = nn.functional.softplus(parameters.narrow(0, 0, 1));
        Tensor middle = values.mul(steepness).add(parameters.narrow(0, 1, 1));
        Tensor half = steepness.mul(0.5);
        Tensor side = middle.detach().lt(0).to(ScalarType.Float32).mul(2).sub(1);
        Tensor upper = middle.add(half).mul(side).sigmoid();
        Tensor lower = middle.sub(half).mul(side).sigmoid();
        return upper.sub(lower).abs().add(Smallest).log2().neg().clamp(0, MaxBits).sum();
    }
}
