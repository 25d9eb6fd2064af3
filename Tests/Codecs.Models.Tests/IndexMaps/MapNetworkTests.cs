using Codecs.Models.IndexMaps;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.IndexMaps;

public sealed class MapNetworkTests
{
    private const int Rows = 7, Columns = 9;

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    public void IntegersSayWhatTheNetworkSays(int bits)
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using var network = new MapNetwork(new ComputePolicy());
        network.node.weight!.mul_(20);
        network.node_bias.normal_();
        IndexMap map = MadeUpMaps.Create(Rows, Columns, bits, seed: 1);
        Tensor nodes = tensor(map.Values.ToArray().Select(v => (1L << bits) + v).ToArray(), [1, Rows, Columns]);
        var model = new ExactMapModel(RandomMapModel.File([
            .. MapTensors.Predictor(network, [nodes]),
            .. MapTensors.Adaptive(new short[ExactMapModel.ContextCount], new int[ExactMapModel.MixerSets * ExactMapModel.MixerInputs])]));
        float[] logits = network.Logits(nodes, bits).data<float>().ToArray();
        short[] hidden = new short[MapShape.Hidden];
        double largest = 0, spread = 0;
        for (int site = 0; site < Rows * Columns; site++)
        {
            model.Predictor.Observe(map.Values, Columns, bits, site, hidden);
            for (int node = 1; node < 1 << bits; node++)
            {
                float expected = logits[(site << bits) + node];
                largest = Math.Max(largest, Math.Abs(expected - (model.Predictor.Logit(node, hidden) / 256.0)));
                spread = Math.Max(spread, Math.Abs(expected));
            }
        }

        Assert.InRange(spread, 0.5, 7.9);
        Assert.InRange(largest, 0, 0.08);
        var costs = new MapCosts(model);
        costs.Begin(Rows, Columns, bits);
        double sum = 0;
        for (int site = 0; site < Rows * Columns; site++)
        {
            costs.At(site, map.Values);
            sum += costs.Bits(map.Values[site]);
        }

        Assert.Equal(network.Bits(nodes, bits).item<float>(), sum / (Rows * Columns), 0.01 * bits);
    }
}
