using Codecs.Models;
using Codecs.Models.Mlicv2;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Mlicv2;

/// <summary>What the integer entropy path costs against the float network that was trained, in bits.</summary>
/// <remarks>
/// Decides whether a quantisation-aware finish is worth its time. Training already multiplies in bfloat16, whose eight bits are far
/// coarser than the export's sixteen, so the network is used to such noise.
/// </remarks>
internal static class IntegerCost
{
    private const int Pictures = 6, Width = 384, Height = 256;
    private static readonly int[] s_rates = [40, 120, 200];

    /// <returns>Per cent more (or less) bits over held-out pictures at three rates; 0 without such pictures.</returns>
    internal static double Measure(L20Network network, L20Weights weights, PhotoCache cache)
    {
        using var _ = no_grad();
        using var transforms = new L20Transforms(weights, ComputeDevice.Cpu, get_num_threads());
        ExactEntropyModel exact = weights.CreateEntropyModel();
        (int rows, int columns) = L20Config.LatentSize(Width, Height);
        network.Policy.Type = ScalarType.Float32;
        double floatBits = 0, integerBits = 0;
        foreach (PhotoCache.Entry e in cache.HeldOut.Where(e => e.Width >= Width && e.Height >= Height).Take(Pictures))
        {
            byte[] pixels = new byte[Width * Height * 3];
            cache.Read(e, (e.Width - Width) / 2, (e.Height - Height) / 2, Width, Height, pixels);
            foreach (int rate in s_rates)
            {
                using var scope = NewDisposeScope();
                Tensor x = tensor(pixels, [1, Height, Width, 3]).to(ScalarType.Float32) / 255;
                floatBits += network.Forward(x, tensor(new[] { (float)rate }), noise: false).BitsPerPixel.item<float>() * Width * Height;
                (float[] latent, short[] hyper) = transforms.Analyze(pixels, Width, Height, rate, null, CancellationToken.None);
                using var coder = new LatentEncoder(latent, hyper, columns, exact.Tables);
                exact.Run(rows, columns, rate, coder, threads: 1);
                integerBits += coder.EstimatedBits;
            }
        }

        return floatBits > 0 ? ((integerBits / floatBits) - 1) * 100 : 0;
    }
}
