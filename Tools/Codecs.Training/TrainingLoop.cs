using System.Diagnostics;
using System.Globalization;
using System.Text;
using Codecs.Models;
using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>What all recipes share: a schedule in time, checkpoints, resuming, the way back from a divergence, the log.</summary>
/// <remarks>Warm-up (in the optimizer), a long hold at the peak rate, then a cosine to a hundredth of it.</remarks>
internal sealed class TrainingLoop
{
    private const double RateAfterDivergence = 0.7, LastRate = 0.01;
    private const int LogEvery = 100, EvaluateEvery = 3;
    private const long BytesPerStep = 192 << 20;
    private readonly TrainingOptions _options;
    private readonly string _checkpoint;
    private readonly Action<string> _log;
    private readonly DivergenceGuard _guard = new();
    private double _caution = 1; // falls with every divergence
    private double _minutesBefore;

    /// <param name="options">Times and folders.</param>
    /// <param name="model">Name of the model; names the checkpoint.</param>
    /// <param name="log">Receives what happens.</param>
    internal TrainingLoop(TrainingOptions options, string model, Action<string> log)
    {
        (_options, _log) = (options, log);
        _checkpoint = CheckpointPath(options, model);
    }

    /// <summary>Before all else: loads torch with the threads and the seed wanted, makes the work folder.</summary>
    internal static void Prepare(TrainingOptions options)
    {
        NativeBackend.EnsureLoaded();
        if (options.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        random.manual_seed(options.Seed);
        Directory.CreateDirectory(options.WorkFolder);
    }

    /// <summary>Where a model's newest state lies.</summary>
    internal static string CheckpointPath(TrainingOptions options, string model) => Path.Combine(options.WorkFolder, model + ".checkpoint.safetensors");

    /// <summary>Loads the newest checkpoint if there is one and the options say resume.</summary>
    /// <returns>False when training starts anew.</returns>
    internal bool Resume(Optimizer optimizer)
    {
        if (!_options.Resume || !File.Exists(_checkpoint))
        {
            return false;
        }

        Dictionary<string, double> numbers = Checkpoint.Load(_checkpoint, optimizer.State());
        optimizer.Steps = (long)numbers["steps"];
        _minutesBefore = numbers["minutes"];
        _caution = numbers.GetValueOrDefault("caution", 1);
        _log(string.Create(CultureInfo.InvariantCulture, $"resumed at step {optimizer.Steps}, {_minutesBefore:F1} minutes"));
        return true;
    }

    /// <summary>Runs until the time is used up or the token says stop; the newest state is in the work folder at any moment.</summary>
    /// <param name="optimizer">Holds the network.</param>
    /// <param name="peakRate">Learning rate of the hold.</param>
    /// <param name="step">Loss of the next batch; told how much of the decay has passed: 0 in the hold, 1 at the end.</param>
    /// <param name="evaluate">Writes the held-out line; called with averaged weights.</param>
    /// <param name="cancellation">Stops after the step.</param>
    internal void Run(Optimizer optimizer, double peakRate, Func<double, TrainingStep> step, Action evaluate, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        double Minutes() => _minutesBefore + clock.Elapsed.TotalMinutes;
        double saved = Minutes();
        int checkpoints = 0;
        var window = new List<(string Name, double Value)[]>();
        while (Minutes() < _options.Minutes && !cancellation.IsCancellationRequested)
        {
            double decayed = Math.Clamp(((Minutes() / _options.Minutes) - (1 - _options.DecayShare)) / _options.DecayShare, 0, 1);
            double rate = peakRate * _caution * (decayed <= 0 ? 1 : (0.5 * (1 + Math.Cos(Math.PI * decayed))) + LastRate);
            window.Add(Step(optimizer, rate, step, decayed));
            if (optimizer.Steps % LogEvery == 0)
            {
                _log(string.Create(CultureInfo.InvariantCulture, $"step {optimizer.Steps}  {Minutes():F1} min  lr {rate:E1}{Means(window)}"));
                window.Clear();
            }

            if (Minutes() - saved >= _options.CheckpointMinutes)
            {
                Save(optimizer, Minutes());
                saved = Minutes();
                if (++checkpoints % EvaluateEvery == 0)
                {
                    EvaluateAverages(optimizer, evaluate);
                }
            }
        }

        Save(optimizer, Minutes());
        EvaluateAverages(optimizer, evaluate);
    }

    private (string Name, double Value)[] Step(Optimizer optimizer, double rate, Func<double, TrainingStep> step, double decayed)
    {
        using var pause = CollectionPause.Start(BytesPerStep);
        using var scope = NewDisposeScope();
        (Tensor loss, (string Name, double Value)[] numbers) = step(decayed);
        double value = loss.item<float>();
        loss.backward();
        if (_guard.Accepts(value))
        {
            optimizer.Step(rate);
        }
        else
        {
            optimizer.Skip();
            if (_guard.Diverged)
            {
                _log(string.Create(CultureInfo.InvariantCulture, $"diverged (loss {value:F2}); going back to the averaged weights"));
                optimizer.Restore();
                _caution *= RateAfterDivergence;
                _guard.Reset();
            }
        }

        return [("loss", value), .. numbers];
    }

    private void Save(Optimizer optimizer, double minutes) => Checkpoint.Save(
        _checkpoint, optimizer.State(), new Dictionary<string, double> { ["steps"] = optimizer.Steps, ["minutes"] = minutes, ["caution"] = _caution });

    private static void EvaluateAverages(Optimizer optimizer, Action evaluate)
    {
        optimizer.SwapAverages();
        using (CollectionPause.Start(BytesPerStep))
        using (no_grad())
        {
            evaluate();
        }

        optimizer.SwapAverages();
    }

    // Batches may report different numbers; each is averaged over those that did.
    private static string Means(List<(string Name, double Value)[]> window)
    {
        var line = new StringBuilder();
        foreach (IGrouping<string, double> number in window.SelectMany(w => w).GroupBy(n => n.Name, n => n.Value))
        {
            line.Append(CultureInfo.InvariantCulture, $"  {number.Key} {number.Average():F4}");
        }

        return line.ToString();
    }
}
