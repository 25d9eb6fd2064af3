using Codecs.EntropyCoding.Interop;

namespace Codecs.EntropyCoding.Tests.Interop;

public sealed class ConstrictionModelTests
{
    [Fact]
    public void ProbabilitiesGiveTheTableOfTheVector()
    {
        ConstrictionModel model = ConstrictionModel.FromProbabilities([0.1, 0.6, 0.3]);
        Assert.Equal([0, 1677722, 11744051, 1 << 24], model.Cumulative.ToArray());
        Assert.Equal((0, 2), (model.Minimum, model.Maximum));
    }

    [Fact]
    public void ImpossibleSymbolsKeepOneCount()
    {
        Assert.Equal([0, 1, 2, 1 << 24], ConstrictionModel.FromProbabilities([0, 0, 5]).Cumulative.ToArray());
        Assert.Equal([0, (1 << 24) - 2, (1 << 24) - 1, 1 << 24], ConstrictionModel.FromProbabilities([1, 0, 0]).Cumulative.ToArray());
        Assert.Equal([0, 1, 2, 1 << 24], ConstrictionModel.FromDistribution(-1, 1, _ => 0).Cumulative.ToArray());
        Assert.Equal([0, (1 << 24) - 2, (1 << 24) - 1, 1 << 24], ConstrictionModel.FromDistribution(-1, 1, _ => 1).Cumulative.ToArray());
    }

    [Fact]
    public void EverySlotFindsItsSymbol()
    {
        ConstrictionModel model = ConstrictionModel.FromCumulative(-3, [0, 1, 500, 501, 1 << 24]);
        foreach ((uint slot, int symbol) in ((uint, int)[])[(0, -3), (1, -2), (499, -2), (500, -1), (501, 0), ((1 << 24) - 1, 0)])
        {
            Assert.Equal(symbol, model.Find(slot, out uint start, out uint frequency));
            Assert.InRange(slot, start, start + frequency - 1);
        }
    }

    [Fact]
    public void WhatIsNoDistributionIsAnArgumentError()
    {
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromCumulative(0, [0, 1 << 24]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromCumulative(0, []));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromCumulative(0, [0, 5, 5, 1 << 24]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromCumulative(0, [1, 5, 1 << 24]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromCumulative(0, [0, 5, 1 << 23]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConstrictionModel.FromCumulative(int.MaxValue, [0, 5, 1 << 24]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromProbabilities([1]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromProbabilities([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromProbabilities([1, -1]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromProbabilities([0, 0]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromProbabilities([double.MaxValue, double.MaxValue]));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromDistribution(3, 3, _ => 0.5));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromDistribution(int.MinValue, int.MaxValue, _ => 0.5));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromDistribution(0, 3, _ => double.NaN));
        Assert.Throws<ArgumentException>(() => ConstrictionModel.FromDistribution(0, 3, x => x > 1 ? 0 : 0.9));
    }
}
