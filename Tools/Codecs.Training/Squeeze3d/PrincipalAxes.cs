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
        (Tensor mean, Tensor axes) = Of(() => network.Latents(sampler.Next(Batch)), (volumes + Batch - 1) / Batch, ShapeCode.LatentLength, ShapeCode.Length);
        network.mapping.Set(mean, axes);
    }

    /// <summary>Mean and principal axes, largest first, as rows.</summary>
    /// <param name="next">Draws a batch, [count, <paramref name="length"/>].</param>
    /// <param name="batches">Batches to draw.</param>
    /// <param name="length">Elements of a vector.</param>
    /// <param name="kept">Axes to keep.</param>
    internal static (Tensor Mean, Tensor Axes) Of(Func<Tensor> next, int batches, int length, int kept)
    {
        using var ungraded = no_grad();
        Tensor sum = zeros(length, float64), squares = zeros(length, length);
        long count = 0;
        for (int b = 0; b < batches; b++)
        {
            using var pause = CollectionPause.Start(BytesPerBatch);
            using var inner = NewDisposeScope();
            Tensor vectors = next();
            sum.add_(vectors.to(float64).sum([0]));
            squares.addmm_(vectors.t(), vectors, 1, 1);
            count += vectors.shape[0];
        }

        Tensor mean = (sum / count).to(float32);
        (_, Tensor axes) = linalg.eigh((squares / count) - outer(mean, mean));
        return (mean, axes.flip(1).t()[TensorIndex.Slice(0, kept)].contiguous());
    }
}
