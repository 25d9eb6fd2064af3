using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>The frozen encoder E and the first layer of the generator G: a volume's lowest frequencies, orthonormal cosine transform (DCT-II).</summary>
internal sealed class VolumeTransform : IDisposable
{
    private readonly Tensor _basis; // [frequency, node]

    /// <param name="device">Where to work.</param>
    internal VolumeTransform(Device device)
    {
        const int nodes = ShapeCode.Nodes, frequencies = ShapeCode.Frequencies;
        float[] basis = new float[frequencies * nodes];
        for (int k = 0; k < frequencies; k++)
        {
            for (int n = 0; n < nodes; n++)
            {
                basis[(k * nodes) + n] = (float)(Math.Cos(Math.PI * k * (n + 0.5) / nodes) * Math.Sqrt((k == 0 ? 1.0 : 2.0) / nodes));
            }
        }

        _basis = tensor(basis, [frequencies, nodes]).to(device);
    }

    /// <summary>Latents of volumes.</summary>
    /// <param name="volumes">[count, <see cref="ShapeCode.VolumeLength"/>], z slowest.</param>
    /// <returns>[count, <see cref="ShapeCode.LatentLength"/>], z slowest, lowest frequencies first.</returns>
    internal Tensor Forward(Tensor volumes) => Apply(volumes, ShapeCode.Nodes, _basis.t());

    /// <summary>Volumes of latents.</summary>
    /// <param name="latents">As <see cref="Forward"/> returns them.</param>
    /// <returns>[count, nodes, nodes, nodes].</returns>
    internal Tensor Inverse(Tensor latents) => Apply(latents, ShapeCode.Frequencies, _basis).reshape(-1, ShapeCode.Nodes, ShapeCode.Nodes, ShapeCode.Nodes);

    /// <inheritdoc/>
    public void Dispose() => _basis.Dispose();

    private static Tensor Apply(Tensor x, int side, Tensor matrix)
    {
        Tensor cube = x.reshape(-1, side, side, side);
        for (int axis = 0; axis < 3; axis++)
        {
            // The last axis is transformed and becomes the first of the three.
            cube = cube.matmul(matrix).permute(0, 3, 1, 2);
        }

        return cube.reshape(cube.shape[0], -1);
    }
}
