namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class TableSetBuilderTests
{
    [Fact]
    public void WeightsAreQuantisedAndCumulativeTablesKept()
    {
        var builder = new TableSetBuilder(8);
        builder.AddWeights(-1, [1, 2, 1]);
        builder.AddCumulative(5, [0, 10, 256]);
        TableSet set = builder.Build();
        Assert.Equal(2, set.Count);
        Assert.Equal((64, 128, 64), (set.Frequency(0, 0), set.Frequency(0, 1), set.Frequency(0, 2)));
        Assert.Equal((5, 10, 246), (set.Offset(1), set.Frequency(1, 0), set.Frequency(1, 1)));
    }

    [Fact]
    public void ATableMayFillItsPrecisionAndASetItsLimit()
    {
        var builder = new TableSetBuilder(16);
        builder.AddCumulative(-32767, [.. Enumerable.Range(0, 65537).Where(i => i != 1)]);
        Assert.Equal(65535, builder.Build().SymbolCount(0));
        for (int i = 1; i < TableSet.MaxTables; i++)
        {
            builder.AddWeights(0, [1, 1]);
        }

        Assert.Equal(TableSet.MaxTables, builder.Build().Count);
        Assert.Throws<InvalidOperationException>(() => builder.AddWeights(0, [1, 1]));
    }

    [Fact]
    public void ImpossibleTablesAreArgumentErrors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TableSetBuilder(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TableSetBuilder(17));
        var builder = new TableSetBuilder(2);
        Assert.Throws<InvalidOperationException>(() => builder.Build());
        Assert.Throws<ArgumentException>(() => builder.AddWeights(0, [1]));
        Assert.Throws<ArgumentException>(() => builder.AddWeights(0, [1, 1, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => builder.AddWeights(0, [0, 0]));
        Assert.Throws<ArgumentException>(() => builder.AddWeights(0, [ulong.MaxValue, 1]));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, []));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, [0, 4]));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, [0, 2, 3]));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, [1, 2, 4]));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, [0, 2, 2, 4]));
        Assert.Throws<ArgumentException>(() => builder.AddCumulative(0, [0, int.MinValue, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddCumulative(-32768, [0, 2, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddCumulative(32767, [0, 2, 3, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddCumulative(int.MaxValue, [0, 2, 3, 4]));
        Assert.Equal(0, builder.Count);
    }
}
