using Codecs.Models.Layers;
using Codecs.Models.Vqgan;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>The data-driven start: principal components of 16x16 patches in both linear maps, next to silent networks.</summary>
internal static class VqxStart
{
    private const double Silent = 0.02;
    private const int Batches = 40;

    internal static void Apply(VqxNetwork network, CropSampler sampler)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor covariance = zeros(VqxShape.Patch, VqxShape.Patch, ScalarType.Float64);
        for (int i = 0; i < Batches; i++)
        {
            using var inner = NewDisposeScope();
            Tensor p = Rearrange.SpaceToDepth(sampler.Next(16, 128) - 0.5, VqxShape.Stride).reshape(-1, VqxShape.Patch).to(ScalarType.Float64);
            covariance.add_(p.t().matmul(p) / p.shape[0]);
        }

        (Tensor _, Tensor vectors) = linalg.eigh(covariance);
        Tensor basis = vectors.narrow(1, VqxShape.Patch - VqxShape.Dimensions, VqxShape.Dimensions).flip(1).to(ScalarType.Float32).contiguous();
        network.encoder.klt.weight.copy_(basis.t());
        network.decoder.klt.weight.copy_(basis);
        foreach (Pointwise output in new[] { network.encoder.output, network.decoder.output })
        {
            output.weight.mul_(Silent);
            output.bias!.zero_();
        }
    }
}
