using Codecs.Models.Mlicv2;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Mlicv2;

/// <summary>The data-driven start: KLT of 16x16x3 patches in both shortcuts, gains for each rate, scales of the coefficients.</summary>
/// <remarks>With it the untrained network is a working transform codec. Step size at high rate: 255² MSE = step²/12, lambda = 26/step² about.</remarks>
internal static class KltStart
{
    internal static void Apply(L20Network network, CropSampler sampler)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor covariance = zeros(768, 768, ScalarType.Float64);
        long patches = 0;
        for (int i = 0; i < 40; i++)
        {
            using var inner = NewDisposeScope();
            Tensor p = Codecs.Models.Layers.Rearrange.SpaceToDepth(sampler.Next(16, 128) - 0.5, 16).reshape(-1, 768).to(ScalarType.Float64);
            covariance.add_(p.t().matmul(p));
            patches += p.shape[0];
        }

        (Tensor values, Tensor vectors) = linalg.eigh(covariance / patches);
        const int kept = L20Config.LatentChannels;
        Tensor basis = vectors.narrow(1, 768 - kept, kept).flip(1).to(ScalarType.Float32).contiguous(); // [768, 192], largest first
        Tensor deviation = values.narrow(0, 768 - kept, kept).flip(0).clamp_min(1e-12).sqrt().to(ScalarType.Float32);
        network.g_a.klt.weight.copy_(basis.t());
        network.g_s.klt.weight.copy_(basis);
        network.g_a.output.weight.mul_(0.02);
        network.g_a.output.bias!.zero_();
        network.g_s.output.weight.mul_(0.02);
        network.g_s.output.bias!.zero_();
        for (int level = 0; level < L20Config.Levels; level++)
        {
            double step = Math.Sqrt(26 / L20Config.Lambda(level * L20Config.SubLevels)) / 255;
            network.log_gain[level].fill_(-Math.Log(step));
            network.log_inverse_gain[level].fill_(Math.Log(step));
        }

        double middle = Math.Sqrt(26 / L20Config.Lambda(L20Config.MaxRate / 2.0)) / 255;
        Tensor index = (deviation / middle / L20Config.MinScale).log() / L20Config.ScaleStep;
        Tensor bias = (index.clamp(0, L20Config.Scales - 1) - L20Config.ScaleIndexCentre) / L20Config.ScaleIndexGain;
        for (int s = 0; s < L20Config.Steps; s++)
        {
            network.context.head[s].weight.mul_(0.3);
            network.context.head[s].bias!.narrow(0, 0, kept).zero_();
            network.context.head[s].bias!.narrow(0, kept, kept).copy_(bias);
        }
    }
}
