using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.IndexMaps;
using Codecs.Training.Codebooks;

namespace Codecs.Training.Vqgan;

/// <summary>Learns how the adaptive part of the map coder starts: contexts from counts, the mixture's weights from coding map after map.</summary>
internal static class MapStart
{
    private const int OneBits = 16;

    /// <summary>Learns from maps of all depths.</summary>
    /// <param name="predictor">The predictor's tensors.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="count">How many maps to look at.</param>
    /// <param name="drawBits">Draws how many bits a map has.</param>
    /// <param name="log">Told the bits per index.</param>
    internal static (short[] Start, int[] Mixer) Learn(
        List<SafetensorsTensor> predictor, IMapSource maps, int count, Func<Random, int> drawBits, Action<string> log)
    {
        int[] guess = FirstWeights();
        short[] start = Contexts(Model(predictor, new short[ExactMapModel.ContextCount], guess), Draw(maps, count, _ => MapShape.Bits));
        return (start, Mixture(Model(predictor, start, guess), Draw(maps, count, drawBits), count, log));
    }

    // All weight on the predictor.
    private static int[] FirstWeights()
    {
        int[] weights = new int[ExactMapModel.MixerSets * ExactMapModel.MixerInputs];
        for (int set = 0; set < ExactMapModel.MixerSets; set++)
        {
            weights[((set + 1) * ExactMapModel.MixerInputs) - 1] = 1 << OneBits;
        }

        return weights;
    }

    private static short[] Contexts(ExactMapModel model, IEnumerable<IndexMap> maps)
    {
        int[] zeros = new int[ExactMapModel.ContextCount], ones = new int[zeros.Length];
        MapCoder coder = model.CreateCoder();
        foreach (IndexMap map in maps)
        {
            var port = new ContextCensus(zeros, ones);
            coder.Run(ref port, map.Values.ToArray(), map.Columns, map.Bits, static () => true);
        }

        return StartStates.Write(zeros, ones);
    }

    // The mean over the second half of the maps of the weights after each.
    private static int[] Mixture(ExactMapModel model, IEnumerable<IndexMap> maps, int count, Action<string> log)
    {
        MapCoder coder = model.CreateCoder();
        long[] sums = new long[coder.Mixer.Weights.Length];
        double[] cost = new double[MapShape.Bits + 1], sites = new double[cost.Length];
        int done = 0, counted = 0;
        foreach (IndexMap map in maps)
        {
            double bits = coder.Cost(map);
            coder.Mixer.StartFrom(coder.Mixer.Weights.ToArray());
            if (2 * done++ < count)
            {
                continue;
            }

            counted++;
            cost[map.Bits] += bits;
            sites[map.Bits] += map.Values.Length;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += coder.Mixer.Weights[i];
            }
        }

        IEnumerable<string> each = Enumerable.Range(1, MapShape.Bits).Where(b => sites[b] > 0)
            .Select(b => string.Create(CultureInfo.InvariantCulture, $"{b}:{cost[b] / sites[b]:F2}"));
        log($"map coder: bits {string.Join(' ', each)}");
        return Array.ConvertAll(sums, s => (int)(s / Math.Max(1, counted)));
    }

    private static ExactMapModel Model(List<SafetensorsTensor> predictor, short[] start, int[] mixer) =>
        new(SafetensorsFile.Read(SafetensorsWriter.ToArray([.. predictor, .. MapTensors.Adaptive(start, mixer)])));

    private static IEnumerable<IndexMap> Draw(IMapSource maps, int count, Func<Random, int> drawBits)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            yield return maps.Draw(1, drawBits(random))[0];
        }
    }
}
