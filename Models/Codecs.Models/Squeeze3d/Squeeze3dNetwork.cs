using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>What is trained: the mapping networks and the generator.</summary>
internal sealed class Squeeze3dNetwork : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
#pragma warning disable IDE1006 // modules are named like the tensors of the weight file
    internal readonly CodeMapping mapping = new();
    internal readonly ShapeGenerator generator = new();
#pragma warning restore IDE1006
    private readonly VolumeTransform _transform;

    internal Squeeze3dNetwork(Device device)
        : base(nameof(Squeeze3dNetwork))
    {
        _transform = new VolumeTransform(device);
        RegisterComponents();
    }

    /// <summary>z_E of volumes.</summary>
    internal Tensor Latents(Tensor volumes) => _transform.Forward(volumes);

    /// <summary>Volumes of codes.</summary>
    /// <param name="codes">z as the decoder has it, [count, <see cref="ShapeCode.Length"/>].</param>
    /// <param name="residuals">What is added to F_D's output, [count, <see cref="ShapeCode.LatentLength"/>].</param>
    /// <param name="logSteps">Natural logarithm of each code's step, [count].</param>
    /// <returns>[count, nodes, nodes, nodes].</returns>
    public override Tensor forward(Tensor codes, Tensor residuals, Tensor logSteps) =>
        generator.forward(_transform.Inverse(mapping.Decode(codes) + residuals), logSteps);

    /// <summary>Volumes before the generator's network.</summary>
    internal Tensor Linear(Tensor codes, Tensor residuals) => _transform.Inverse(mapping.Decode(codes) + residuals);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _transform.Dispose();
        }

        base.Dispose(disposing);
    }
}
