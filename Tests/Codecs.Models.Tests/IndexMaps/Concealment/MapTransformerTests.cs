using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.IndexMaps.Concealment;

public sealed class MapTransformerTests
{
    private const int Depth = 9, Rows = 5, Columns = 7;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void BitsAreThoseOfTheProbabilities(int bits)
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using MapTransformer network = Create();
        long[] right = [.. Enumerable.Range(0, Rows * Columns).Select(i => (1L << bits) + (i * 37 % (1 << bits)))];
        Tensor features = network.Features(tensor(new long[Rows * Columns], [1, Rows, Columns])).reshape(Rows * Columns, -1);
        Tensor probabilities = network.Probabilities(features, bits);
        Assert.Equal([Rows * Columns, 1L << bits], probabilities.shape);
        float[] all = probabilities.data<float>().ToArray(), sums = probabilities.sum(1).data<float>().ToArray();
        Assert.All(sums, s => Assert.Equal(1, s, 1e-4));
        double expected = Enumerable.Range(0, right.Length).Average(i => -Math.Log2(all[(i << bits) + (int)(right[i] - (1L << bits))]));
        Assert.Equal(expected, network.Bits(features, tensor(right), bits).item<float>(), 1e-3);
        Assert.True(Math.Abs(expected - bits) > 0.01, "all nodes are equally likely: the test would not see a wrong path");
    }

    [Fact]
    public void EverySiteSeesEveryOther()
    {
        using var pause = CollectionPause.Start(64 << 20);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using MapTransformer network = Create();
        long[] nodes = new long[Rows * Columns];
        float[] before = Features(nodes);
        nodes[^1] = 700;
        Assert.NotEqual(before[..8], Features(nodes)[..8]);

        float[] Features(long[] map) => network.Features(tensor(map, [1, Rows, Columns])).data<float>().ToArray();
    }

    private static MapTransformer Create()
    {
        random.manual_seed(5);
        var network = new MapTransformer(new ComputePolicy(), Depth);
        network.node.mul_(4);
        network.embedding.mul_(30);
        network.node_bias.normal_();
        return network;
    }
}
