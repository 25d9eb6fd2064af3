using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>Learns everything that the entropy coder of index maps ships: the predictor by gradient, the adaptive part by coding.</summary>
/// <remarks>Runs when the codebook is final. One predictor serves all bits of an index: every step draws how many.</remarks>
internal static class MapTraining
{
    private const double PeakRate = 4e-3, FinalShare = 0.02;
    private const int FewestBits = 3, BatchSites = 8192, FormatBatches = 8, LogEvery = 200;
    private const long BytesPerStep = 64 << 20;

    /// <summary>Makes the <c>entropy.*</c> tensors.</summary>
    /// <param name="maps">Draws maps of any depth.</param>
    /// <param name="options">How long.</param>
    /// <param name="log">Told the bits per index now and then.</param>
    internal static List<SafetensorsTensor> Run(IMapSource maps, Options options, Action<string> log)
    {
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        var material = new Random(options.Seed);
        var policy = new ComputePolicy { Type = ScalarType.BFloat16 };
        using var network = new MapNetwork(policy);
        var optimizer = new Optimizer(network) { LargestSurprise = double.PositiveInfinity };
        double[] sums = new double[MapShape.Bits + 1];
        int[] counts = new int[sums.Length];
        for (int step = 1; step <= options.Steps; step++)
        {
            using var pause = CollectionPause.Start(BytesPerStep);
            using var inner = NewDisposeScope();
            int depth = DrawBits(material);
            double done = (double)step / options.Steps;
            Tensor bits = network.Bits(Draw(maps, depth), depth);
            bits.backward();
            optimizer.Step(PeakRate * Math.Max(FinalShare, 1 - done));
            sums[depth] += bits.item<float>();
            counts[depth]++;
            if (step % LogEvery == 0)
            {
                string each = string.Join(' ', Enumerable.Range(FewestBits, MapShape.Bits + 1 - FewestBits)
                    .Select(b => string.Create(CultureInfo.InvariantCulture, $"{b}:{sums[b] / Math.Max(1, counts[b]):F2}")));
                log(string.Create(CultureInfo.InvariantCulture, $"map predictor, step {step}, {100 * done:F0} %: bits {each}"));
                Array.Clear(sums);
                Array.Clear(counts);
            }
        }

        optimizer.SwapAverages();
        policy.Type = float32;
        List<SafetensorsTensor> predictor;
        using (CollectionPause.Start(BytesPerStep))
        {
            predictor = MapTensors.Predictor(network, [.. Enumerable.Range(0, FormatBatches).Select(i => Draw(maps, MapShape.Bits - i))]);
        }

        (short[] start, int[] mixer) = MapStart.Learn(predictor, maps, options.AdaptiveMaps, DrawBits, log);
        return [.. predictor, .. MapTensors.Adaptive(start, mixer)];
    }

    // 3..12 bits, the larger the more often: they have the most to learn.
    private static int DrawBits(Random random) =>
        FewestBits + (int)((MapShape.Bits + 1 - FewestBits) * Math.Sqrt(random.NextDouble()));

    // A batch of maps as node numbers of a depth, int64 [N, R, C].
    private static Tensor Draw(IMapSource maps, int bits)
    {
        IndexMap[] drawn = [.. maps.Draw(BatchSites, bits)];
        long[] nodes = new long[drawn.Length * drawn[0].Values.Length];
        int at = 0;
        foreach (IndexMap map in drawn)
        {
            foreach (ushort value in map.Values)
            {
                nodes[at++] = (1L << bits) + value;
            }
        }

        return tensor(nodes, [drawn.Length, drawn[0].Rows, drawn[0].Columns]);
    }

    /// <summary>How long to train.</summary>
    internal sealed record Options
    {
        /// <summary>Steps of the predictor, <see cref="BatchSites"/> sites each.</summary>
        internal required int Steps { get; init; }

        /// <summary>Maps from which the adaptive part learns.</summary>
        internal int AdaptiveMaps { get; init; } = 1500;

        /// <summary>Seed of all random choices.</summary>
        internal int Seed { get; init; } = 1;
    }
}
