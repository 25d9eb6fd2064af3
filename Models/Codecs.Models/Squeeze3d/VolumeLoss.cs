using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>How volumes are compared: absolute errors, nodes near the surface count most, as they decide where it is.</summary>
internal static class VolumeLoss
{
    private const float Near = 0.35f, NearWeight = 6;

    /// <summary>Weight of each node.</summary>
    internal static Tensor Weights(Tensor target) => 1 + (NearWeight * (target / Near).square().neg().exp());

    /// <summary>Sum over all nodes.</summary>
    internal static Tensor Sum(Tensor volume, Tensor target, Tensor weights) => ((volume - target).abs() * weights).sum();

    /// <summary>Mean over all nodes.</summary>
    internal static Tensor Mean(Tensor volume, Tensor target) => ((volume - target).abs() * Weights(target)).mean();
}
