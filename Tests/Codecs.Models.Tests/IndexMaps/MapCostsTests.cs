using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.IndexMaps;

namespace Codecs.Models.Tests.IndexMaps;

public sealed class MapCostsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    public void CostsAreThoseOfTheCoderWhereItTrustsThePredictor(int bits)
    {
        Dictionary<string, SafetensorsTensor> tensors = RandomMapModel.Tensors(seed: 4, largestNode: 3);
        int[] mixer = new int[ExactMapModel.MixerSets * ExactMapModel.MixerInputs];
        for (int i = ExactMapModel.MixerInputs - 1; i < mixer.Length; i += ExactMapModel.MixerInputs)
        {
            mixer[i] = 1 << 16;
        }

        tensors["mixer"] = SafetensorsTensor.Create<int>(tensors["mixer"].Name, [mixer.Length], mixer);
        tensors["start"] = SafetensorsTensor.Create<short>(tensors["start"].Name, [ExactMapModel.ContextCount], new short[ExactMapModel.ContextCount]);
        tensors["node_shift"] = SafetensorsTensor.Create<byte>(tensors["node_shift"].Name, [1], [11]);
        var model = new ExactMapModel(RandomMapModel.File(tensors.Values));
        var costs = new MapCosts(model);
        IndexMap map = Likely(model, bits);
        double sum = 0;
        costs.Begin(map.Rows, map.Columns, bits);
        for (int site = 0; site < map.Values.Length; site++)
        {
            costs.At(site, map.Values);
            sum += costs.Bits(map.Values[site]);
        }

        double written = model.CreateCoder().Cost(map);
        Assert.InRange(sum, written * 0.98, written * 1.02);
    }

    [Fact]
    public void ProbabilitiesOfAllIndicesSumToOneAndPathsGiveTheSameInAnyOrder()
    {
        ExactMapModel model = RandomMapModel.Create(seed: 5, largestNode: 2);
        var costs = new MapCosts(model);
        IndexMap map = MadeUpMaps.Create(4, 5, 9, seed: 1);
        costs.Begin(4, 5, 9);
        for (int site = 0; site < 20; site++)
        {
            costs.At(site, map.Values);
            float[] rising = [.. Enumerable.Range(0, 512).Select(costs.Bits)];
            Assert.Equal(1, rising.Sum(b => Math.Pow(2, -b)), 1e-4);
            costs.At(site, map.Values);
            Assert.Equal(rising.Reverse(), Enumerable.Range(0, 512).Select(i => costs.Bits(511 - i)));
        }
    }

    [Fact]
    public void CallersMistakesAreRefused()
    {
        var costs = new MapCosts(RandomMapModel.Create(seed: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.Begin(4, 4, MapShape.Bits + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.At(0, []));
        costs.Begin(4, 4, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.At(16, new ushort[16]));
        Assert.Throws<ArgumentException>(() => costs.At(0, new ushort[15]));
    }

    // A map drawn from what the predictor says, as pictures are in the mean.
    private static IndexMap Likely(ExactMapModel model, int bits)
    {
        const int rows = 20, columns = 30;
        var random = new Random(2);
        ushort[] values = new ushort[rows * columns];
        short[] hidden = new short[MapShape.Hidden];
        for (int site = 0; site < values.Length; site++)
        {
            model.Predictor.Observe(values, columns, bits, site, hidden);
            int node = 1;
            for (int depth = 0; depth < bits; depth++)
            {
                double zero = 1 / (1 + Math.Exp(-Math.ScaleB(model.Predictor.Logit(node, hidden), -NodeLogits.FractionBits)));
                node = (2 * node) + (random.NextDouble() < zero ? 0 : 1);
            }

            values[site] = (ushort)(node - (1 << bits));
        }

        return new IndexMap(rows, columns, bits, values);
    }
}
