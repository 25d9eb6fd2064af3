using Codecs.Models;
using Codecs.Models.Squeeze3d;
using static TorchSharp.torch;

namespace Codecs.Training.Squeeze3d;

/// <summary>The start of the mapping networks: principal axes of the encoder's latents.</summary>
internal static class PrincipalAxes
{
    private const int Batch = 128;
    private const long BytesPerBatch = 64 << 20;

    /// <summary>Sets mean and axes of a network from so many volumes.</summary>
    internal static void Apply(Squeeze3dNetwork network, VolumeSampler sampler, int volumes)
    {
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        Tensor sum = zeros(ShapeCode.LatentLength, float64), squares = zeros([ShapeCode.LatentLength, ShapeCode.LatentLength], float32);
        int count = 0;
        for (; count < volumes; count += Batch)
        {
            using var pause = CollectionPause.Start(BytesPerBatch);
            using var inner = NewDisposeScope();
            Tensor latents = network.Latents(sampler.Next(Batch));
            sum.add_(latents.to(float64).sum([0]));
            squares.addmm_(latents.t(), latents, 1, 1);
        }

        Tensor mean = (sum / count).to(float32);
        Tensor covariance = (squares / count) - outer(mean, mean);
        (_, Tensor vectors) = linalg.eigh(covariance);
        network.mapping.Set(mean, vectors.flip(1).t()[TensorIndex.Slice(0, ShapeCode.Length)].contiguous());
    }
}
