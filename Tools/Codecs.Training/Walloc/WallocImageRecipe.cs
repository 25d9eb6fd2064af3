using System.Globalization;
using System.Text;
using Codecs.Models.Walloc;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Trains <c>walloc-image</c>: one model for all rates, from a KLT of wavelet packets.</summary>
/// <remarks>Loss per picture: (bpp + lambda · 255² · MSE) · (lambda / 0.015)^-0.35, rate drawn uniformly.</remarks>
internal sealed class WallocImageRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "walloc-image";
    private const double PeakRate = 1e-3;
    private const int Crop = 128, LateCrop = 256, Pixels = 16 * Crop * Crop;
    private static readonly int[] s_evaluatedLevels = [1, 3, 6, 9, 12, 14];
    private readonly Dictionary<int, (Tensor Analysis, Tensor Synthesis)> _matrices = [];

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using PhotoCache cache = PhotoCache.Open(options, log);
        using var network = new ImageWalloc();
        var sampler = new CropSampler(cache, options.Seed);
        var optimizer = CreateOptimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        if (loop.Resume(optimizer))
        {
            sampler = new CropSampler(cache, options.Seed + (int)optimizer.Steps);
        }
        else
        {
            double lost = WallocStart.Apply(
                network.encoder, network.decoder.shortcut, network.quantizer, network.context,
                () => Packets(sampler.Next(16, Crop) - 0.5).reshape(-1, ImageWalloc.Coefficients), 40, Step);
            using (no_grad())
            {
                network.decoder.output.weight.mul_(0.02);
                network.decoder.output.bias!.zero_();
            }

            log(string.Create(CultureInfo.InvariantCulture, $"energy outside the latents: {lost:P3}"));
            optimizer = CreateOptimizer(network);
            using (no_grad())
            {
                Evaluate(network, cache);
            }
        }

        loop.Run(optimizer, PeakRate, decayed => Next(network, sampler, decayed > 0 ? LateCrop : Crop), () => Evaluate(network, cache), cancellation);
    }

    internal static Optimizer CreateOptimizer(ImageWalloc network) => new(network, WallocStart.RateFactor);

    // 255² MSE = step² / 12 at high rate, so lambda = 26 / step² about.
    private static double Step(int level) => Math.Sqrt(26 / ImageWalloc.Lambda(level * WallocRates.SubLevels)) / 255;

    private TrainingStep Next(ImageWalloc network, CropSampler sampler, int crop)
    {
        network.Policy.Type = ScalarType.BFloat16;
        int count = Pixels / (crop * crop);
        Tensor rates = rand(count) * WallocRates.MaxRate;
        Tensor lambda = ImageWalloc.Lambda(0) * (rates / WallocRates.MaxRate * Math.Log(ImageWalloc.Lambda(WallocRates.MaxRate) / ImageWalloc.Lambda(0))).exp();
        (Tensor bpp, Tensor mse) = Forward(network, sampler.Next(count, crop) - 0.5, rates, noise: true);
        Tensor loss = ((bpp + (lambda * (255 * 255) * mse)) * (lambda / 0.015).pow(-0.35)).mean();
        return new TrainingStep(loss, ("bpp", bpp.mean().item<float>()), ("psnr", -10 * Math.Log10(mse.mean().item<float>())));
    }

    private (Tensor BitsPerPixel, Tensor Mse) Forward(ImageWalloc network, Tensor pictures, Tensor rates, bool noise)
    {
        (Tensor bits, Tensor packets) = network.Forward(Packets(pictures), rates, noise);
        Tensor decoded = WaveletMatrix.Synthesize(packets, Matrices((int)pictures.shape[1]).Synthesis, ImageWalloc.WaveletLevels);
        return (bits.sum([1L, 2, 3]) / (pictures.shape[1] * pictures.shape[2]), (decoded - pictures).square().mean([1L, 2, 3]));
    }

    private Tensor Packets(Tensor pictures) =>
        WaveletMatrix.Analyze(pictures, Matrices((int)pictures.shape[1]).Analysis, ImageWalloc.WaveletLevels);

    private (Tensor Analysis, Tensor Synthesis) Matrices(int side)
    {
        if (!_matrices.TryGetValue(side, out (Tensor Analysis, Tensor Synthesis) made))
        {
            (Tensor analysis, Tensor synthesis) = WaveletMatrix.Create(side, ImageWalloc.WaveletLevels);
            _matrices[side] = made = (analysis.DetachFromDisposeScope(), synthesis.DetachFromDisposeScope());
        }

        return made;
    }

    // Held-out pictures, middle 384x384, estimated bits, float32.
    private void Evaluate(ImageWalloc network, PhotoCache cache)
    {
        const int side = 384;
        network.Policy.Type = ScalarType.Float32;
        PhotoCache.Entry[] pictures = [.. cache.HeldOut.Where(e => Math.Min(e.Width, e.Height) >= side).Take(12)];
        if (pictures.Length == 0)
        {
            log("no held-out pictures: too few photographs");
            return;
        }

        var line = new StringBuilder("held-out bpp / PSNR:");
        foreach (int level in s_evaluatedLevels)
        {
            double bppSum = 0, psnrSum = 0;
            foreach (PhotoCache.Entry e in pictures)
            {
                using var scope = NewDisposeScope();
                byte[] pixels = new byte[side * side * 3];
                cache.Read(e, (e.Width - side) / 2, (e.Height - side) / 2, side, side, pixels);
                Tensor x = (tensor(pixels, [1, side, side, 3]).to(ScalarType.Float32) / 255) - 0.5;
                (Tensor bpp, Tensor mse) = Forward(network, x, tensor(new float[] { level * WallocRates.SubLevels }), noise: false);
                bppSum += bpp.item<float>();
                psnrSum += -10 * Math.Log10(mse.item<float>());
            }

            line.Append(CultureInfo.InvariantCulture, $"  q{level} {bppSum / pictures.Length:F3} / {psnrSum / pictures.Length:F2}");
        }

        log(line.ToString());
    }
}
