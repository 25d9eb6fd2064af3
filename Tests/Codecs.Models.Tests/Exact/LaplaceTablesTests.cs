using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Tests.Exact;

public sealed class LaplaceTablesTests
{
    private static readonly LaplaceTables s_tables = LaplaceTables.Create();

    [Fact]
    public void TablesAreDistributions()
    {
        TableSet tables = s_tables.Tables;
        Assert.Equal(LaplaceTables.Count, tables.Count);
        Assert.InRange(tables.Precision, 1, RangeEncoder.MaxPrecision);
        for (int t = 0; t < tables.Count; t++)
        {
            int symbols = tables.SymbolCount(t);
            Assert.Equal(1 << tables.Precision, Enumerable.Range(0, symbols).Sum(s => tables.Frequency(t, s)));

            // Both signs alike, but for what rounding to whole frequencies leaves.
            Assert.Equal(symbols - 2, -2 * tables.Offset(t));
            for (int s = 0; s < symbols - 1; s++)
            {
                Assert.InRange(tables.Frequency(t, s) - tables.Frequency(t, symbols - 2 - s), -2, 2);
            }
        }
    }

    [Fact]
    public void CostsAreThoseOfTheTables()
    {
        for (int t = 0; t < LaplaceTables.Count; t++)
        {
            foreach (int magnitude in (int[])[0, 1, 2, 17, 239, 240, 241, 255, 256, 5000, short.MaxValue, short.MaxValue + 1])
            {
                Assert.Equal(s_tables.Tables.CostBits(t, Math.Min(magnitude, short.MaxValue)), s_tables.Cost(t, magnitude));
                Assert.True(float.IsFinite(s_tables.Cost(t, magnitude)));
            }
        }
    }

    [Fact]
    public void TablesFollowTheirScales()
    {
        Assert.Equal(0.5, LaplaceTables.Scale(LaplaceTables.Middle));
        Assert.Equal(Math.E, LaplaceTables.Scale(48) / LaplaceTables.Scale(40), 1e-12);
        for (int t = 24; t < LaplaceTables.Count; t++)
        {
            // The middle cell of a Laplace distribution.
            double b = LaplaceTables.Scale(t);
            Assert.Equal(-Math.Log2(1 - Math.Exp(-0.5 / b)), s_tables.Cost(t, 0), 0.03);
            Assert.True(s_tables.Cost(t, 0) > s_tables.Cost(t - 1, 0));
        }
    }

    [Fact]
    public void BiasesStayBelowHalfOfACell()
    {
        Assert.All(s_tables.Biases, b => Assert.InRange(b, 0, 32));
        Assert.True(s_tables.Biases[0] > s_tables.Biases[^1]);
    }
}
