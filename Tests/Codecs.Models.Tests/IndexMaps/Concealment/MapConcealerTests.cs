using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Layers;
using Codecs.Models.Vqgan;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.IndexMaps.Concealment;

public sealed class MapConcealerTests
{
    private static readonly Lazy<SafetensorsFile> s_weights = new(CreateWeights);

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(1, 40, 5)]
    [InlineData(9, 5, 8)]
    [InlineData(16, 16, 8)]
    [InlineData(17, 31, 12)]
    [InlineData(35, 20, 4)]
    public void LostSitesAreFilledAndReceivedOnesStay(int rows, int columns, int bits)
    {
        IndexMap map = MadeUpMaps.Create(rows, columns, bits, seed: 3);
        bool[] lost = Losses(rows * columns, share: 0.4);
        (ushort[] values, float[] confidence) = Fill(map, lost);
        for (int site = 0; site < values.Length; site++)
        {
            Assert.InRange(values[site], 0, (1 << bits) - 1);
            Assert.InRange(confidence[site], lost[site] ? float.Epsilon : 1f, 1f);
            Assert.True(lost[site] ? confidence[site] < 1 : values[site] == map.Values[site], $"site {site}");
        }
    }

    [Fact]
    public void TheSameLossIsFilledTheSameWayWhateverWasThere()
    {
        IndexMap map = MadeUpMaps.Create(20, 33, 7, seed: 5);
        bool[] lost = Losses(20 * 33, share: 0.5);
        ushort[] others = [.. map.Values.ToArray().Select((v, i) => lost[i] ? (ushort)(v ^ 5) : v)];
        (ushort[] Values, float[] Confidence) first = Fill(map, lost), again = Fill(new IndexMap(20, 33, 7, others), lost);
        Assert.Equal(first.Values, again.Values);
        Assert.Equal(first.Confidence, again.Confidence);
    }

    [Fact]
    public void WhatIsGuessedDependsOnWhatArrived()
    {
        bool[] lost = Losses(16 * 16, share: 0.3);
        (ushort[] Values, float[] Confidence) first = Fill(MadeUpMaps.Create(16, 16, 7, seed: 5), lost), other = Fill(MadeUpMaps.Create(16, 16, 7, seed: 6), lost);

        // With random weights the means of two predictions may lie nearest to the same code; their probabilities are different ones.
        Assert.Contains(Enumerable.Range(0, 256), i => lost[i] && first.Confidence[i] != other.Confidence[i]);
    }

    [Fact]
    public void AMapOfWhichNothingArrivedIsFilledToo()
    {
        (ushort[] values, float[] confidence) = Fill(MadeUpMaps.Create(18, 3, 6, seed: 1), [.. Enumerable.Repeat(true, 54)]);
        Assert.All(confidence, c => Assert.InRange(c, float.Epsilon, 0.999f));
        Assert.All(values, v => Assert.InRange(v, 0, 63));
    }

    [Fact]
    public void ACompleteMapIsLeftAlone()
    {
        IndexMap map = MadeUpMaps.Create(4, 5, 6, seed: 1);
        (ushort[] values, float[] confidence) = Fill(map, new bool[20]);
        Assert.Equal(map.Values, values);
        Assert.All(confidence, c => Assert.Equal(1, c));
    }

    [Fact]
    public void ACancelledCallStops()
    {
        using MapConcealer concealer = Open();
        Assert.ThrowsAny<OperationCanceledException>(() => concealer.Fill(new ushort[4], [true, false, false, false], 2, 5, new CancellationToken(canceled: true)));
    }

    private static (ushort[] Values, float[] Confidence) Fill(IndexMap map, bool[] lost)
    {
        using MapConcealer concealer = Open();
        ushort[] values = map.Values.ToArray();
        float[] confidence = concealer.Fill(values, lost, map.Columns, map.Bits, TestContext.Current.CancellationToken);
        return (values, confidence);
    }

    private static MapConcealer Open()
    {
        const int elements = 3;
        var random = new Random(4);
        float[] codes = [.. Enumerable.Range(0, MapShape.Nodes * elements).Select(_ => random.NextSingle())];
        return new MapConcealer(s_weights.Value, codes, MapShape.Bits, ComputeDevice.Cpu);
    }

    private static bool[] Losses(int sites, double share)
    {
        var random = new Random(9);
        bool[] lost = [.. Enumerable.Range(0, sites).Select(_ => random.NextDouble() < share)];
        lost[sites / 2] = true;
        return lost;
    }

    private static SafetensorsFile CreateWeights()
    {
        using var _ = no_grad();
        random.manual_seed(7);
        using var network = new MapTransformer(new ComputePolicy(), MapShape.Bits);
        network.node.mul_(5);
        network.embedding.mul_(40);
        return RandomMapModel.File(VqxTensors.Export(network));
    }
}
