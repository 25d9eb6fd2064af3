using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Codecs.Training;

/// <summary>What all recipes share, whatever learns: a schedule in time, checkpoints, resuming, the log.</summary>
/// <remarks>A long hold at the peak rate, then a cosine to a hundredth of it.</remarks>
internal sealed class TimedTraining(TrainingOptions options, string checkpoint, Action<string> log)
{
    private const double LastRate = 0.01;
    private const int LogEvery = 100, EvaluateEvery = 3;
    private double _minutesBefore;

    /// <summary>Loads the newest checkpoint if there is one and the options say resume.</summary>
    /// <param name="load">Loads a checkpoint and returns steps and minutes.</param>
    /// <returns>False when training starts anew.</returns>
    internal bool Resume(Func<string, (long Steps, double Minutes)> load)
    {
        if (!options.Resume || !File.Exists(checkpoint))
        {
            return false;
        }

        (long steps, _minutesBefore) = load(checkpoint);
        log(string.Create(CultureInfo.InvariantCulture, $"resumed at step {steps}, {_minutesBefore:F1} minutes"));
        return true;
    }

    /// <summary>Runs until the time is used up or the token says stop; the newest state is in the work folder at any moment.</summary>
    /// <param name="learner">What learns.</param>
    /// <param name="peakRate">Learning rate of the hold.</param>
    /// <param name="cancellation">Stops after the step.</param>
    internal void Run(ILearner learner, double peakRate, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        double Minutes() => _minutesBefore + clock.Elapsed.TotalMinutes;
        double saved = Minutes();
        int checkpoints = 0;
        var window = new List<(string Name, double Value)[]>();
        while (Minutes() < options.Minutes && !cancellation.IsCancellationRequested)
        {
            double decayed = Math.Clamp(((Minutes() / options.Minutes) - (1 - options.DecayShare)) / options.DecayShare, 0, 1);
            double rate = peakRate * (decayed <= 0 ? 1 : (0.5 * (1 + Math.Cos(Math.PI * decayed))) + LastRate);
            window.Add(learner.Step(rate, decayed));
            if (learner.Steps % LogEvery == 0)
            {
                log(string.Create(CultureInfo.InvariantCulture, $"step {learner.Steps}  {Minutes():F1} min  lr {rate:E1}{Means(window)}"));
                window.Clear();
            }

            if (Minutes() - saved >= options.CheckpointMinutes)
            {
                learner.Save(checkpoint, Minutes());
                saved = Minutes();
                if (++checkpoints % EvaluateEvery == 0)
                {
                    learner.Evaluate();
                }
            }
        }

        learner.Save(checkpoint, Minutes());
        learner.Evaluate();
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
