using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Codecs.Training.Vqgan;

/// <summary>How far a decoded picture is from its original for an eye: no network, so nothing has to be downloaded to train.</summary>
/// <remarks>
/// Absolute error; squared error of 4x4 means (colours of areas); contrast and structure of SSIM at five scales (Wang et al. 2003, with square windows);
/// HaarPSI (Reisenhofer et al. 2018), which asks for edges and texture of the right strength and forgives where exactly they lie.
/// </remarks>
internal static class PictureLoss
{
    private const double Absolute = 2, Areas = 20, Structure = 1, Haar = 0.2;
    private const int AreaSide = 4, Scales = 5, Window = 8, WindowStep = 2;
    private const double SsimConstant = 0.03 * 0.03, HaarConstant = 30.0 / (255 * 255), HaarAlpha = 4.2, LeastWeight = 1e-6;
    private static readonly double s_equal = LeastWeight / (1 + Math.Exp(-HaarAlpha)); // what equal pictures without an edge anywhere get
    private static readonly double[] s_structureShares = [0.15, 0.25, 0.3, 0.2, 0.1];

    /// <param name="decoded">[N, H, W, 3] in ±0.5; sides at least 128.</param>
    /// <param name="original">The same shape.</param>
    /// <returns>A loss for each picture, and its parts for the log: [N] each.</returns>
    internal static (Tensor Loss, Tensor Mse, Tensor Structure, Tensor HaarPsi) Of(Tensor decoded, Tensor original)
    {
        Tensor matrix = tensor(new float[] { 0.299f, 0.587f, 0.114f, 0.596f, -0.274f, -0.322f, 0.211f, -0.523f, 0.312f }, [3, 3]);
        Tensor difference = decoded - original;
        Tensor absolute = (difference.square() + 1e-5).sqrt().mean([1L, 2, 3]), mse = difference.square().mean([1L, 2, 3]);
        Tensor areas = functional.avg_pool2d(difference.permute(0, 3, 1, 2), AreaSide, AreaSide).square().mean([1L, 2, 3]);
        Tensor a = decoded.matmul(matrix.t()).permute(0, 3, 1, 2).contiguous(), b = original.matmul(matrix.t()).permute(0, 3, 1, 2).contiguous();
        Tensor structure = StructureLoss(a.narrow(1, 0, 1), b.narrow(1, 0, 1)), haar = HaarPsi(a, b);
        return ((absolute * Absolute) + (areas * Areas) + (structure * Structure) + ((1 - haar) * Haar), mse, structure, haar);
    }

    private static Tensor StructureLoss(Tensor a, Tensor b)
    {
        Tensor sum = zeros(a.shape[0]);
        for (int scale = 0; scale < Scales; scale++)
        {
            if (scale > 0)
            {
                (a, b) = (functional.avg_pool2d(a, 2, 2), functional.avg_pool2d(b, 2, 2));
            }

            Tensor maps = functional.avg_pool2d(cat([a, b, a * a, b * b, a * b], 1), Window, WindowStep);
            Tensor ma = maps.narrow(1, 0, 1), mb = maps.narrow(1, 1, 1);
            Tensor va = maps.narrow(1, 2, 1) - (ma * ma), vb = maps.narrow(1, 3, 1) - (mb * mb), cov = maps.narrow(1, 4, 1) - (ma * mb);
            Tensor similarity = ((cov * 2) + SsimConstant) / (va + vb + SsimConstant);
            sum = sum + ((1 - similarity.mean([1L, 2, 3])) * s_structureShares[scale]);
        }

        return sum;
    }

    private static Tensor HaarPsi(Tensor a, Tensor b)
    {
        (a, b) = (functional.avg_pool2d(a, 2, 2), functional.avg_pool2d(b, 2, 2));
        var scores = new List<Tensor>();
        var weights = new List<Tensor>();
        foreach (bool vertical in (bool[])[false, true])
        {
            Tensor similarity = (Similar(a, b, 1, vertical) + Similar(a, b, 2, vertical)) * 0.5;
            Tensor weight = maximum(Response(a.narrow(1, 0, 1), 3, vertical), Response(b.narrow(1, 0, 1), 3, vertical));
            long h = weight.shape[2], w = weight.shape[3];
            scores.Add(similarity.narrow(2, 0, h).narrow(3, 0, w));
            weights.Add(weight);
        }

        Tensor colourA = functional.avg_pool2d(a.narrow(1, 1, 2), 2, 1).abs(), colourB = functional.avg_pool2d(b.narrow(1, 1, 2), 2, 1).abs();
        Tensor colour = (((colourA * colourB * 2) + HaarConstant) / (colourA.square() + colourB.square() + HaarConstant)).mean([1L], keepdim: true);
        scores.Add(colour.narrow(2, 0, weights[0].shape[2]).narrow(3, 0, weights[0].shape[3]));
        weights.Add((weights[0] + weights[1]) * 0.5);
        Tensor weightMaps = cat(weights, 1);
        Tensor mean = (((cat(scores, 1) * HaarAlpha).sigmoid() * weightMaps).sum([1L, 2, 3]) + s_equal) / (weightMaps.sum([1L, 2, 3]) + LeastWeight);
        return ((mean / (1 - mean)).log() / HaarAlpha).square();
    }

    private static Tensor Similar(Tensor a, Tensor b, int scale, bool vertical)
    {
        Tensor ra = Response(a.narrow(1, 0, 1), scale, vertical), rb = Response(b.narrow(1, 0, 1), scale, vertical);
        Tensor map = ((ra * rb * 2) + HaarConstant) / (ra.square() + rb.square() + HaarConstant);
        long margin = 8 - (1 << scale); // as large as the maps of scale 3
        return map.narrow(2, margin / 2, map.shape[2] - margin).narrow(3, margin / 2, map.shape[3] - margin);
    }

    // Size of the Haar coefficients of 2^scale x 2^scale squares, one at each place.
    private static Tensor Response(Tensor x, int scale, bool vertical)
    {
        int side = 1 << scale, half = side / 2;
        Tensor means = vertical ? functional.avg_pool2d(x, (half, side), (1, 1)) : functional.avg_pool2d(x, (side, half), (1, 1));
        int axis = vertical ? 2 : 3;
        long places = means.shape[axis] - half;
        return ((means.narrow(axis, 0, places) - means.narrow(axis, half, places)) * half).abs();
    }
}
