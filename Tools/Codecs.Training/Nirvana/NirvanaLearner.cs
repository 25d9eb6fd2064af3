using System.Globalization;
using System.Text;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;

namespace Codecs.Training.Nirvana;

/// <summary>Codes sequences with the networks as they are and moves the networks along what they saw.</summary>
/// <remarks>Numbers depend on the seed and on how many sequences make a step, not on how threads meet; a resumed run draws what an uninterrupted one would.</remarks>
internal sealed class NirvanaLearner : ILearner
{
    private const int WarmUpSteps = 50, FewestPositions = 384, HeldOutSequences = 4;
    private static readonly int[] s_evaluatedRates = [24, 36, 48];
    private readonly SequenceSampler _sampler;
    private readonly int _seed;
    private readonly int _threads;
    private readonly Action<string> _log;
    private readonly LaplaceTables _tables = LaplaceTables.Create();
    private readonly ResidualLoss _loss = new(PyramidCoder.UsualBitPrice);
    private readonly NetworkFitting _fitting = new();
    private readonly int[] _roundedAt; // steps of each network when its integers were made
    private SplitNetworks _networks;

    /// <param name="sampler">Draws sequences.</param>
    /// <param name="start">Networks to begin with; null for random ones.</param>
    /// <param name="seed">Seed of networks and sequences.</param>
    /// <param name="threads">Sequences of a step; each has a thread.</param>
    /// <param name="log">Receives the held-out line.</param>
    internal NirvanaLearner(SequenceSampler sampler, SplitNetworks? start, int seed, int threads, Action<string> log)
    {
        (_sampler, _seed, _threads, _log) = (sampler, seed, threads, log);
        var random = new Random(seed);
        _networks = start ?? new SplitNetworks(i => NetworkStart.Create(SplitNetworks.ShapeOf(i), random));
        _roundedAt = new int[_networks.Count];
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <summary>Goes on from a checkpoint.</summary>
    internal (long Steps, double Minutes) Load(string path)
    {
        (_networks, Dictionary<string, double> numbers) = NirvanaState.Load(path, _fitting);
        Steps = (long)numbers["steps"];
        return (Steps, numbers["minutes"]);
    }

    /// <inheritdoc/>
    public (string Name, double Value)[] Step(double rate, double decayed)
    {
        var recorders = new SampleRecorder[_threads];
        var pictures = new List<CodedPicture>[_threads];
        Parallel.For(0, _threads, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            Random random = RandomOf((Steps * _threads) + i);
            recorders[i] = new SampleRecorder();
            pictures[i] = new SequenceCoder(_networks, _tables, random, recorders[i]).Run(_sampler.Draw(random));
        });
        _fitting.Forget();
        Array.ForEach(recorders, r => r.CopyTo(_fitting));
        double warm = Math.Min(1, (Steps + 1) / (double)WarmUpSteps);
        double loss = _fitting.Step(_loss, (float)(rate * warm), FewestPositions, _threads);
        RoundMoved();
        Steps++;
        return
        [
            ("loss", loss / recorders.Sum(r => r.Positions)),
            .. pictures.SelectMany(p => p).Select(p => ($"{p.Kind} bpp".ToLowerInvariant(), p.BitsPerPixel)),
        ];
    }

    /// <inheritdoc/>
    public void Save(string path, double minutes) => NirvanaState.Save(
        path, _networks, _fitting, new Dictionary<string, double> { ["steps"] = Steps, ["minutes"] = minutes });

    /// <summary>Codes the same few held-out photographs in motion at three rates.</summary>
    public void Evaluate()
    {
        var line = new StringBuilder("held-out bpp / PSNR of luma:");
        foreach (int rate in s_evaluatedRates)
        {
            var pictures = new List<CodedPicture>();
            for (int i = 0; i < HeldOutSequences; i++)
            {
                var random = new Random(i);
                if (_sampler.DrawHeldOut(random, rate) is not { } sequence)
                {
                    _log("no held-out pictures: too few photographs");
                    return;
                }

                pictures.AddRange(new SequenceCoder(_networks, _tables, random, samples: null).Run(sequence));
            }

            double psnr = pictures.Average(p => 10 * Math.Log10(255 * 255 / Math.Max(p.LumaError, 1e-6)));
            line.Append(CultureInfo.InvariantCulture, $"  r{rate} {pictures.Average(p => p.BitsPerPixel):F3} / {psnr:F2}");
        }

        _log(line.ToString());
    }
    private void RoundMoved()
    {
        (int Index, Perceptron Network)[] moved = [.. _fitting.Networks.Where(n => n.Network.Steps != _roundedAt[n.Index])];
        Array.ForEach(moved, m => _roundedAt[m.Index] = m.Network.Steps);
        _networks = _networks.With(moved.Select(m => (m.Index, m.Network.Quantize())));
    }

    // Generators of successive seeds begin alike, so the number of the sequence is scattered first (a step of SplitMix64).
    private Random RandomOf(long sequence)
    {
        ulong z = (ulong)sequence + ((ulong)_seed << 40) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(z >> 33));
    }
}
