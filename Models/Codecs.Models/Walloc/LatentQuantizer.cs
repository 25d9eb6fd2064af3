using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>Gain vectors and the Laplace compander: from latents to steps of the quantiser and back.</summary>
/// <remarks>
/// u = S sign(v) (1 - exp(-|v| / S)), v = y · gain: the distribution function of a Laplace variable, scaled to slope 1 at 0, with a learned limit S for
/// each channel (LiVeAction, DCC 2026). Steps are even near 0 and grow with the magnitude. One network serves all rates: each level has its own gains.
/// </remarks>
internal sealed class LatentQuantizer : nn.Module
{
    /// <summary>Smallest limit; |u| stays one below it.</summary>
    internal const double MinLimit = 8;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Parameter log_gain;
    internal readonly Parameter log_correction;
    internal readonly Parameter log_limit;
#pragma warning restore IDE1006

    internal LatentQuantizer(int channels, double limit)
        : base(nameof(LatentQuantizer))
    {
        log_gain = new Parameter(zeros(WallocRates.Levels, channels));
        log_correction = new Parameter(zeros(WallocRates.Levels, channels));
        log_limit = new Parameter(full(channels, (float)Math.Log(limit)));
        RegisterComponents();
    }

    /// <summary>Companded latents in steps, not rounded.</summary>
    internal Tensor Compand(Tensor y, Tensor rate)
    {
        Tensor limit = Limit();
        Tensor v = y * WallocRates.Mix(log_gain, rate).exp();
        return (v.abs() / -limit).expm1() * (1 - limit) * v.sign();
    }

    /// <summary>Latents of rounded steps.</summary>
    internal Tensor Expand(Tensor q, Tensor rate)
    {
        Tensor limit = Limit();
        Tensor v = maximum(q.abs() / -limit, (0.5 / limit) - 1).log1p() * -limit * q.sign();
        return v * WallocRates.Mix(LogInverseGain(), rate).exp();
    }

    /// <summary>ln of the factors behind the compander's inverse, [levels, channels].</summary>
    /// <remarks>Tied to the gains: a finer step must show as a smaller error, or straight-through gradients see only what the step costs in bits.</remarks>
    internal Tensor LogInverseGain() => log_correction - log_gain;

    private Tensor Limit() => log_limit.exp().clamp_min(MinLimit);
}
