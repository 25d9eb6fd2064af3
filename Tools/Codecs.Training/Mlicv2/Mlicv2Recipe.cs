using System.Diagnostics;
using System.Globalization;
using Codecs.Models;
using Codecs.Models.Mlicv2;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Mlicv2;

/// <summary>Trains the shipped MLICv2 instance: one model for all rates, from a KLT start, scheduled by time.</summary>
/// <remarks>
/// Loss per picture: (bpp + lambda · 255² · MSE) · (lambda / 0.015)^-0.35, rate drawn uniformly. Rounding is straight-through for
/// everything downstream, additive uniform noise for the rate. Warm-up, a long hold at the high rate, then a cosine to zero.
/// </remarks>
public sealed class Mlicv2Recipe(TrainingOptions options, Action<string> log)
{
    private const double PeakRate = 7e-4, ShortcutRateFactor = 0.4, ScaleIndexRateFactor = 30, RateAfterDivergence = 0.7;
    private const int LogEvery = 100, EvaluateEvery = 3;
    private readonly DivergenceGuard _guard = new();
    private double _caution = 1; // falls with every divergence
    private static readonly int[] s_evaluatedLevels = [2, 5, 8, 11, 13];

    /// <summary>Runs until the time is used up or the token says stop; the newest state is in the work folder at any moment.</summary>
    public void Run(CancellationToken cancellation)
    {
        NativeBackend.EnsureLoaded();
        if (options.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        Directory.CreateDirectory(options.WorkFolder);
        using PhotoCache cache = OpenCache(options, log);
        random.manual_seed(options.Seed);
        using var network = new L20Network();
        var sampler = new CropSampler(cache, options.Seed);
        var optimizer = CreateOptimizer(network);
        string newest = CheckpointPath(options);
        double minutesBefore = 0;
        if (options.Resume && File.Exists(newest))
        {
            Dictionary<string, double> numbers = Checkpoint.Load(newest, optimizer.State());
            optimizer.Steps = (long)numbers["steps"];
            minutesBefore = numbers["minutes"];
            _caution = numbers.GetValueOrDefault("caution", 1);
            sampler = new CropSampler(cache, options.Seed + (int)optimizer.Steps);
            log(string.Create(CultureInfo.InvariantCulture, $"resumed at step {optimizer.Steps}, {minutesBefore:F1} minutes"));
        }
        else
        {
            KltStart.Apply(network, sampler);
            optimizer = CreateOptimizer(network);
            Evaluate(network, cache);
        }

        var clock = Stopwatch.StartNew();
        double Minutes() => minutesBefore + clock.Elapsed.TotalMinutes;
        double saved = Minutes(), lossSum = 0, bppSum = 0, mseSum = 0;
        int window = 0, checkpoints = 0;
        while (Minutes() < options.Minutes && !cancellation.IsCancellationRequested)
        {
            double share = Minutes() / options.Minutes;
            double decayed = (share - (1 - options.DecayShare)) / options.DecayShare;
            double rate = PeakRate * _caution * (decayed <= 0 ? 1 : (0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, decayed)))) + 0.01);
            network.Policy.Type = ScalarType.BFloat16;
            bool large = decayed > 0;
            (double loss, double bpp, double mse) = Step(network, optimizer, sampler, rate, large ? 7 : 16, large ? 192 : 128);
            (lossSum, bppSum, mseSum, window) = (lossSum + loss, bppSum + bpp, mseSum + mse, window + 1);
            if (optimizer.Steps % LogEvery == 0)
            {
                log(string.Create(CultureInfo.InvariantCulture,
                    $"step {optimizer.Steps}  {Minutes():F1} min  lr {rate:E1}  loss {lossSum / window:F4}  bpp {bppSum / window:F4}  psnr {-10 * Math.Log10(mseSum / window):F2}"));
                (lossSum, bppSum, mseSum, window) = (0, 0, 0, 0);
            }

            if (Minutes() - saved >= options.CheckpointMinutes)
            {
                Save(newest, optimizer, Minutes());
                saved = Minutes();
                if (++checkpoints % EvaluateEvery == 0)
                {
                    EvaluateAverages(network, optimizer, cache);
                }
            }
        }

        Save(newest, optimizer, Minutes());
        EvaluateAverages(network, optimizer, cache);
    }

    // The shortcut starts at its optimum and its weights are small: it only follows. Scale indices count steps of a tenth in ln sigma;
    // at the common rate z could not find its scales.
    internal static Optimizer CreateOptimizer(L20Network network) => new(
        network, name => name.Contains("klt", StringComparison.Ordinal) ? ShortcutRateFactor : name == "z_scale_index" ? ScaleIndexRateFactor : 1);

    internal static string CheckpointPath(TrainingOptions options) => Path.Combine(options.WorkFolder, "mlicv2.checkpoint.safetensors");

    internal static PhotoCache OpenCache(TrainingOptions options, Action<string> log) =>
        PhotoCache.Open(options.DataFolder, Path.Combine(options.WorkFolder, "photos.cache"), log);

    private void Save(string path, Optimizer optimizer, double minutes) => Checkpoint.Save(
        path, optimizer.State(), new Dictionary<string, double> { ["steps"] = optimizer.Steps, ["minutes"] = minutes, ["caution"] = _caution });

    private (double Loss, double Bpp, double Mse) Step(
        L20Network network, Optimizer optimizer, CropSampler sampler, double learningRate, int count, int size)
    {
        using var scope = NewDisposeScope();
        Tensor rates = rand(count) * L20Config.MaxRate;
        Tensor lambda = 0.0012 * (rates / L20Config.MaxRate * Math.Log(150)).exp();
        (Tensor bpp, Tensor mse) = network.Forward(sampler.Next(count, size), rates, noise: true);
        Tensor loss = ((bpp + (lambda * (255 * 255) * mse)) * (lambda / 0.015).pow(-0.35)).mean();
        double value = loss.item<float>();
        loss.backward();
        if (_guard.Accepts(value))
        {
            optimizer.Step(learningRate);
        }
        else
        {
            optimizer.Skip();
            if (_guard.Diverged)
            {
                log($"diverged (loss {value:F2}); going back to the averaged weights");
                optimizer.Restore();
                _caution *= RateAfterDivergence;
                _guard.Reset();
            }
        }

        return (value, bpp.mean().item<float>(), mse.mean().item<float>());
    }

    private void EvaluateAverages(L20Network network, Optimizer optimizer, PhotoCache cache)
    {
        optimizer.SwapAverages();
        Evaluate(network, cache);
        optimizer.SwapAverages();
    }

    // Held-out pictures, middle 512x384 or less, estimated bits, float32.
    private void Evaluate(L20Network network, PhotoCache cache)
    {
        using var _ = no_grad();
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
