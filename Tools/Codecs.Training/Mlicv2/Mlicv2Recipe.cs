using System.Globalization;
using Codecs.Models.Mlicv2;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Mlicv2;

/// <summary>Trains the shipped MLICv2 instance: one model for all rates, from a KLT start, scheduled by time.</summary>
/// <remarks>
/// Loss per picture: (bpp + lambda · 255² · MSE) · (lambda / 0.015)^-0.35, rate drawn uniformly. Rounding is straight-through for
/// everything downstream, additive uniform noise for the rate. The schedule is <see cref="TrainingLoop"/>'s.
/// </remarks>
internal sealed class Mlicv2Recipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "mlicv2";
    private const double PeakRate = 7e-4, ShortcutRateFactor = 0.4, ScaleIndexRateFactor = 30;
    private static readonly int[] s_evaluatedLevels = [2, 5, 8, 11, 13];

    /// <summary>Runs until the time is used up or the token says stop; the newest state is in the work folder at any moment.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using PhotoCache cache = PhotoCache.Open(options, log);
        using var network = new L20Network();
        var sampler = new CropSampler(cache, options.Seed);
        var optimizer = CreateOptimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        if (loop.Resume(optimizer))
        {
            sampler = new CropSampler(cache, options.Seed + (int)optimizer.Steps);
        }
        else
        {
            KltStart.Apply(network, sampler);
            optimizer = CreateOptimizer(network);
            using (no_grad())
            {
                Evaluate(network, cache);
            }
        }

        loop.Run(
            optimizer, PeakRate, decayed => decayed > 0 ? Next(network, sampler, 7, 192) : Next(network, sampler, 16, 128), () => Evaluate(network, cache),
            cancellation);
    }

    // The shortcut starts at its optimum and its weights are small: it only follows. Scale indices count steps of a tenth in ln sigma;
    // at the common rate z could not find its scales.
    internal static Optimizer CreateOptimizer(L20Network network) => new(
        network, name => name.Contains("klt", StringComparison.Ordinal) ? ShortcutRateFactor : name == "z_scale_index" ? ScaleIndexRateFactor : 1);

    private static TrainingStep Next(L20Network network, CropSampler sampler, int count, int size)
    {
        network.Policy.Type = ScalarType.BFloat16;
        Tensor rates = rand(count) * L20Config.MaxRate;
        Tensor lambda = 0.0012 * (rates / L20Config.MaxRate * Math.Log(150)).exp();
        (Tensor bpp, Tensor mse) = network.Forward(sampler.Next(count, size), rates, noise: true);
        Tensor loss = ((bpp + (lambda * (255 * 255) * mse)) * (lambda / 0.015).pow(-0.35)).mean();
        return new TrainingStep(loss, ("bpp", bpp.mean().item<float>()), ("psnr", -10 * Math.Log10(mse.mean().item<float>())));
    }

    // Held-out pictures, middle 512x384 or less, estimated bits, float32.
    private void Evaluate(L20Network network, PhotoCache cache)
    {
        network.Policy.Type = ScalarType.Float32;
        int count = 0;
        var line = new System.Text.StringBuilder("held-out bpp / PSNR:");
        foreach (int level in s_evaluatedLevels)
        {
            double bppSum = 0, psnrSum = 0;
            count = 0;
            foreach (PhotoCache.Entry e in cache.HeldOut.Take(12))
            {
                using var scope = NewDisposeScope();
                int width = Math.Min(512, e.Width / 64 * 64), height = Math.Min(384, e.Height / 64 * 64);
                byte[] pixels = new byte[width * height * 3];
                cache.Read(e, (e.Width - width) / 2, (e.Height - height) / 2, width, height, pixels);
                Tensor x = tensor(pixels, [1, height, width, 3]).to(ScalarType.Float32) / 255;
                (Tensor bpp, Tensor mse) = network.Forward(x, tensor(new float[] { level * L20Config.SubLevels }), noise: false);
                bppSum += bpp.item<float>();
                psnrSum += -10 * Math.Log10(mse.item<float>());
                count++;
            }

            line.Append(CultureInfo.InvariantCulture, $"  q{level} {bppSum / count:F3} / {psnrSum / count:F2}");
        }

        log(count > 0 ? line.ToString() : "no held-out pictures: too few photographs");
    }
}
