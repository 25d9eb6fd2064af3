using System.Globalization;
using Codecs.Models;
using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>What all recipes of torch share: <see cref="TimedTraining"/>, the way back from a divergence, averaged weights.</summary>
/// <remarks>The warm-up is in the optimizer.</remarks>
internal sealed class TrainingLoop
{
    private const double RateAfterDivergence = 0.7;
    private const long BytesPerStep = 192 << 20;
    private readonly TimedTraining _training;
    private readonly Action<string> _log;
    private readonly DivergenceGuard _guard = new();
    private double _caution = 1; // falls with every divergence

    /// <param name="options">Times and folders.</param>
    /// <param name="model">Name of the model; names the checkpoint.</param>
    /// <param name="log">Receives what happens.</param>
    internal TrainingLoop(TrainingOptions options, string model, Action<string> log)
    {
        _log = log;
        _training = new TimedTraining(options, CheckpointPath(options, model), log);
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
    internal bool Resume(Optimizer optimizer) => _training.Resume(path =>
    {
        Dictionary<string, double> numbers = Checkpoint.Load(path, optimizer.State());
        optimizer.Steps = (long)numbers["steps"];
        _caution = numbers.GetValueOrDefault("caution", 1);
        return (optimizer.Steps, numbers["minutes"]);
    });

    /// <summary>Runs until the time is used up or the token says stop; the newest state is in the work folder at any moment.</summary>
    /// <param name="optimizer">Holds the network.</param>
    /// <param name="peakRate">Learning rate of the hold.</param>
    /// <param name="step">Loss of the next batch; told how much of the decay has passed: 0 in the hold, 1 at the end.</param>
    /// <param name="evaluate">Writes the held-out line; called with averaged weights.</param>
    /// <param name="cancellation">Stops after the step.</param>
    internal void Run(Optimizer optimizer, double peakRate, Func<double, TrainingStep> step, Action evaluate, CancellationToken cancellation) =>
        _training.Run(new Learner(this, optimizer, step, evaluate), peakRate, cancellation);

    private sealed class Learner(TrainingLoop loop, Optimizer optimizer, Func<double, TrainingStep> step, Action evaluate) : ILearner
    {
        public long Steps => optimizer.Steps;

        public (string Name, double Value)[] Step(double rate, double decayed)
        {
            using var pause = CollectionPause.Start(BytesPerStep);
            using var scope = NewDisposeScope();
            (Tensor loss, (string Name, double Value)[] numbers) = step(decayed);
            double value = loss.item<float>();
            loss.backward();
            if (loop._guard.Accepts(value))
            {
                optimizer.Step(rate * loop._caution);
            }
            else
            {
                optimizer.Skip();
                if (loop._guard.Diverged)
                {
                    Restore(value);
                }
            }

            return [("loss", value), .. numbers];
        }

        public void Save(string path, double minutes) => Checkpoint.Save(
            path, optimizer.State(), new Dictionary<string, double> { ["steps"] = Steps, ["minutes"] = minutes, ["caution"] = loop._caution });

        public void Evaluate()
        {
            optimizer.SwapAverages();
            using (CollectionPause.Start(BytesPerStep))
            using (no_grad())
            {
                evaluate();
            }

            optimizer.SwapAverages();
        }

        private void Restore(double loss)
        {
            optimizer.Restore();
            loop._caution *= RateAfterDivergence;
            loop._guard.Reset();
            loop._log(string.Create(
                CultureInfo.InvariantCulture, $"diverged (loss {loss:F2}); going back to the averaged weights, learning rate times {loop._caution:F2} from now on"));
        }
    }
}
