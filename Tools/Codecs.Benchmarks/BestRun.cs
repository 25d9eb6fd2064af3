using System.Diagnostics;

namespace Codecs.Benchmarks;

/// <summary>Times on a machine that does other work: of several runs the best is the one that was left alone.</summary>
internal static class BestRun
{
    /// <summary>Seconds of the best run.</summary>
    /// <param name="run">What to time.</param>
    /// <param name="patience">Runs begin until so much time has passed.</param>
    internal static double Seconds(Action run, TimeSpan patience)
    {
        double best = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < patience;)
        {
            long one = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(one).TotalSeconds);
        }

        return best;
    }
}
