using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The context model in training: a mean and a spread for every latent, linear in what was coded before it.</summary>
/// <remarks>
/// Positions are coded in raster order, at each position the channels in order. Mean of channel c: M · (all channels of the neighbours, channels
/// below c of the position itself). Spread: a base for each rate plus V · magnitudes of the same, V not negative. The coder works with the same
/// numbers in integers and adapts on top; here a logistic distribution of that mean and spread stands for it.
/// </remarks>
internal sealed class LatentContext : nn.Module
{
    /// <summary>Largest magnitude that a context sees.</summary>
    internal const int MaxContext = 255;

    internal const double MinSpread = 1.0 / 32, MaxSpread = 256;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Parameter mean;
    internal readonly Parameter mean_same;
    internal readonly Parameter spread_root;
    internal readonly Parameter spread_same_root;
    internal readonly Parameter log_spread;
#pragma warning restore IDE1006
    private readonly IReadOnlyList<(int Dy, int Dx)> _neighbours;
    private readonly Tensor _below;
    private readonly int _channels;

    /// <param name="channels">Latent channels C.</param>
    /// <param name="neighbours">Positions coded before: dy &lt; 0, or dy = 0 and dx &lt; 0.</param>
    internal LatentContext(int channels, IReadOnlyList<(int Dy, int Dx)> neighbours)
        : base(nameof(LatentContext))
    {
        (_channels, _neighbours) = (channels, neighbours);
        mean = new Parameter(zeros(channels, neighbours.Count * channels));
        mean_same = new Parameter(zeros(channels, channels));
        Tensor own = eye(channels) * (Math.Sqrt(0.35 / neighbours.Count) - 0.02);
        spread_root = new Parameter(own.repeat(1, neighbours.Count) + 0.02);
        spread_same_root = new Parameter(full(channels, channels, 0.02f));
        log_spread = new Parameter(zeros(WallocRates.Levels, channels));
        _below = ones(channels, channels).tril(-1);
        RegisterComponents();
    }

    /// <summary>Estimated bits.</summary>
    /// <param name="value">What is coded: rounded, or with uniform noise in training; [N, H, W, C].</param>
    /// <param name="rounded">Rounded latents, the contexts; [N, H, W, C].</param>
    /// <param name="rate">Rate indices [N].</param>
    /// <returns>[N, H, W, C].</returns>
    internal Tensor Bits(Tensor value, Tensor rounded, Tensor rate)
    {
        (Tensor mu, Tensor s) = Predict(rounded, rate);
        Tensor a = (value - mu).abs();
        Tensor near = (a - 0.5) / s, far = (a + 0.5) / s;
        // ln of the logistic mass between near and far, without cancellation.
        Tensor log = far + (-1 / s).expm1().neg().log() - nn.functional.softplus(near) - nn.functional.softplus(far);
        return log * (-1 / Math.Log(2));
    }

    /// <summary>Means and spreads, [N, H, W, C] each.</summary>
    internal (Tensor Mean, Tensor Spread) Predict(Tensor rounded, Tensor rate)
    {
        Tensor q = rounded.detach().clamp(-MaxContext, MaxContext);
        Tensor around = Around(q), size = q.abs();
        Tensor mu = nn.functional.linear(around, mean) + nn.functional.linear(q, mean_same * _below);
        Tensor s = nn.functional.linear(around.abs(), spread_root.square()) + nn.functional.linear(size, spread_same_root.square() * _below);
        return (mu, (s + WallocRates.Mix(log_spread, rate).exp()).clamp(MinSpread, MaxSpread));
    }

    // [N, H, W, neighbours · C]: each neighbour's channels behind each other, zeros outside.
    private Tensor Around(Tensor q)
    {
        const int reach = 3;
        long h = q.shape[1], w = q.shape[2];
        Tensor padded = nn.functional.pad(q, [0, 0, reach, reach, reach, 0]);
        return cat([.. _neighbours.Select(n => padded.narrow(1, reach + n.Dy, h).narrow(2, reach + n.Dx, w))], -1);
    }
}
