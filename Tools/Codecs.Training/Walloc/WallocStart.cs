using Codecs.Models.Layers;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>The data-driven start of both WaLLoC recipes: KLT of the packets in encoder and shortcut, one step size for each rate, spreads of the latents.</summary>
/// <remarks>With it the untrained network is a working transform codec.</remarks>
internal static class WallocStart
{
    /// <summary>Factor on the learning rate of a parameter.</summary>
    /// <remarks>The encoder and its inverse start at their optimum and their weights are small: they only follow. Gains are logarithms and have far to go.</remarks>
    internal static double RateFactor(string name) =>
        name.StartsWith("encoder", StringComparison.Ordinal) || name.Contains("shortcut", StringComparison.Ordinal) ? 0.3 : name == "quantizer.log_gain" ? 5 : 1;

    /// <param name="encoder">Packets to latents.</param>
    /// <param name="shortcut">Latents to packets.</param>
    /// <param name="quantizer">Gains.</param>
    /// <param name="context">Spreads.</param>
    /// <param name="samples">Next packets, [n, coefficients].</param>
    /// <param name="batches">How many to look at.</param>
    /// <param name="step">Step size of a level.</param>
    /// <returns>Share of the energy that the latents cannot hold.</returns>
    internal static double Apply(
        Pointwise encoder, Pointwise shortcut, LatentQuantizer quantizer, LatentContext context, Func<Tensor> samples, int batches, Func<int, double> step)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        long size = encoder.weight.shape[1], kept = encoder.weight.shape[0];
        Tensor covariance = zeros(size, size, ScalarType.Float64);
        long count = 0;
        for (int i = 0; i < batches; i++)
        {
            using var inner = NewDisposeScope();
            Tensor p = samples().to(ScalarType.Float64);
            covariance.add_(p.t().matmul(p));
            count += p.shape[0];
        }

        (Tensor values, Tensor vectors) = linalg.eigh(covariance / count);
        Tensor basis = vectors.narrow(1, size - kept, kept).flip(1).to(ScalarType.Float32).contiguous();
        Tensor deviation = values.narrow(0, size - kept, kept).flip(0).clamp_min(1e-12).sqrt().to(ScalarType.Float32);
        encoder.weight.copy_(basis.t());
        encoder.bias!.zero_();
        shortcut.weight.copy_(basis);
        for (int level = 0; level < WallocRates.Levels; level++)
        {
            quantizer.log_gain[level].fill_(-Math.Log(step(level)));
            quantizer.log_correction[level].zero_();
            context.log_spread[level].copy_((deviation / step(level) * 0.2).clamp(0.05, 8).log());
        }

        return (values.narrow(0, 0, size - kept).sum() / values.sum()).item<double>();
    }
}
