using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Tests;

namespace Codecs.Models.Tests.Nirvana;

public sealed class NetworkAdaptationTests
{
    [Fact]
    public void FittedNetworksAreReachableAndSaveBits()
    {
        SplitNetworks networks = MadeUpNirvana.Networks(1);
        var samples = new NetworkFitting();
        double before = Bits(networks, samples);

        Dictionary<int, short[]> changes = new NetworkAdaptation(PyramidCoder.UsualBitPrice, steps: 8).Run(networks, samples, reuse: 1, time: null, CancellationToken.None);

        Assert.NotEmpty(changes);
        Assert.All(changes, c => Assert.All(c.Value.Zip(networks[c.Key].Parameters), p =>
        {
            Assert.Equal(0, (p.First - p.Second) % NetworkUpdate.Unit);
            Assert.InRange((p.First - p.Second) / NetworkUpdate.Unit, -NetworkUpdate.MaxDifference, NetworkUpdate.MaxDifference);
        }));
        Assert.True(Bits(networks.With(changes.Select(c => (c.Key, c.Value))), null) < before);
    }

    private static double Bits(SplitNetworks networks, NetworkFitting? samples)
    {
        var tables = LaplaceTables.Create();
        var tally = new BitTally();
        var port = new SymbolCounter(tables, tally);
        var context = new PlaneContext(96, 64, PictureKind.Key, 0, 30, null, null, new PatchGrid(3, 2, 5, 5), null, new SignedIntegerModel(1 << 14, 2));
        new PyramidCoder(networks, tables) { Samples = samples }.Run(context, MadeUpNirvana.Plane(96, 64, new Random(4)), ref port);
        return tally.Bits;
    }
}
