using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>Moves between space and channels on channels-last maps; channel order inside a cell is (dy, dx, c).</summary>
internal static class Rearrange
{
    /// <summary>[N, H, W, C] to [N, H/r, W/r, r·r·C].</summary>
    internal static Tensor SpaceToDepth(Tensor x, int r)
    {
        long n = x.shape[0], h = x.shape[1] / r, w = x.shape[2] / r, c = x.shape[3];
        return x.reshape(n, h, r, w, r, c).permute(0, 1, 3, 2, 4, 5).reshape(n, h, w, r * r * c);
    }

    /// <summary>[N, H, W, r·r·C] to [N, r·H, r·W, C].</summary>
    internal static Tensor DepthToSpace(Tensor x, int r)
    {
        long n = x.shape[0], h = x.shape[1], w = x.shape[2], c = x.shape[3] / (r * r);
        return x.reshape(n, h, w, r, r, c).permute(0, 1, 3, 2, 4, 5).reshape(n, h * r, w * r, c);
    }
}
