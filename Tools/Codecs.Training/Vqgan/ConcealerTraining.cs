using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Layers;
using Codecs.Models.Vqgan;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>Trains the network that guesses lost indices, on windows of which packets are missing.</summary>
internal static class ConcealerTraining
{
    private const double PeakRate = 1.5e-3, FinalShare = 0.02, LatticeShare = 0.7, LargestLoss = 0.75;
    private const int FewestBits = 3, BatchSites = 4096, MostPackets = 24, LogEvery = 200;
    private const long BytesPerStep = 64 << 20;

    /// <summary>Makes the <c>concealer.*</c> tensors.</summary>
    /// <param name="maps">Draws maps of <see cref="MapTransformer.Window"/> sites a side.</param>
    /// <param name="steps">Steps, <see cref="BatchSites"/> sites each.</param>
    /// <param name="seed">Seed of all random choices.</param>
    /// <param name="log">Told the bits per lost index now and then.</param>
    internal static List<SafetensorsTensor> Run(IMapSource maps, int steps, int seed, Action<string> log)
    {
        random.manual_seed(seed);
        using var scope = NewDisposeScope();
        var chance = new Random(seed);
        using var network = new MapTransformer(new ComputePolicy { Type = ScalarType.BFloat16 }, VqxShape.Depth);
        var optimizer = new Optimizer(network) { LargestSurprise = double.PositiveInfinity };
        double[] sums = new double[VqxShape.Depth + 1];
        int[] counts = new int[sums.Length];
        for (int step = 1; step <= steps; step++)
        {
            using var pause = CollectionPause.Start(BytesPerStep);
            using var inner = NewDisposeScope();
            int bits = FewestBits + (int)((VqxShape.Depth + 1 - FewestBits) * Math.Sqrt(chance.NextDouble()));
            IndexMap[] drawn = [.. maps.Draw(BatchSites, bits)];
            long[] nodes = [.. drawn.SelectMany(m => m.Values.ToArray()).Select(v => (1L << bits) + v)];
            bool[] lost = [.. drawn.SelectMany(m => Loss(m.Rows, m.Columns, chance))];
            long[] holes = [.. Enumerable.Range(0, lost.Length).Where(i => lost[i]).Select(i => (long)i)];
            Tensor right = tensor(nodes), hidden = tensor(lost), at = tensor(holes);
            Tensor features = network.Features(right.masked_fill(hidden, 0).reshape(drawn.Length, drawn[0].Rows, drawn[0].Columns));
            Tensor cost = network.Bits(features.reshape(nodes.Length, -1).index_select(0, at), right.index_select(0, at), bits);
            cost.backward();
            optimizer.Step(PeakRate * Math.Max(FinalShare, 1 - ((double)step / steps)));
            sums[bits] += cost.item<float>();
            counts[bits]++;
            if (step % LogEvery == 0)
            {
                string each = string.Join(' ', Enumerable.Range(FewestBits, VqxShape.Depth + 1 - FewestBits)
                    .Select(b => string.Create(CultureInfo.InvariantCulture, $"{b}:{sums[b] / Math.Max(1, counts[b]):F2}")));
                log(string.Create(CultureInfo.InvariantCulture, $"concealer, step {step}, {100.0 * step / steps:F0} %: bits per lost index {each}"));
                Array.Clear(sums);
                Array.Clear(counts);
            }
        }

        optimizer.SwapAverages();
        return VqxTensors.Export(network);
    }

    // Mostly packets of a lattice as the channel loses them, else sites at random. At least one site is lost.
    private static bool[] Loss(int rows, int columns, Random chance)
    {
        bool[] lost = new bool[rows * columns];
        bool lattice = chance.NextDouble() < LatticeShare;
        int packets = chance.Next(4, MostPackets + 1), step = chance.Next(packets), first = chance.Next(packets);
        double share = LargestLoss * chance.NextDouble();
        bool[] missing = [.. Enumerable.Range(0, packets).Select(_ => chance.NextDouble() < share)];
        missing[first] = true;
        for (int site = 0; site < lost.Length; site++)
        {
            lost[site] = lattice ? missing[((site % columns) + (step * (site / columns))) % packets] : chance.NextDouble() < share;
        }

        lost[chance.Next(lost.Length)] = true;
        return lost;
    }
}
