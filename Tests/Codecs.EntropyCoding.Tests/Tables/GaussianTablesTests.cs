using System.Numerics;

namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class GaussianTablesTests
{
    [Fact]
    public void TheShippedTablesKeepTheirHash()
    {
        Assert.Equal("a40b6eef96ad16d9ffc8ff2512dee8cbd28636cfd8e9855bd90db823633fef37", Convert.ToHexStringLower(GaussianTables.Standard.Id));
        Assert.Equal("cdca97e2f318a1226797f46cc1557c79de4b3c9159aaf3417660aa531651bd82", Convert.ToHexStringLower(GaussianTables.Bulk.Id));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(14)]
    public void TheShippedTablesAreWhatTheBuilderMakes(int precision)
    {
        TableSet built = GaussianTables.Build(GaussianTables.StandardScalesQ48, precision, GaussianTables.StandardMaxMagnitude);
        Assert.Equal(built.ToBytes(), (precision == 16 ? GaussianTables.Standard : GaussianTables.Bulk).ToBytes());
    }

    [Fact]
    public void TheScalesAreTheNearestIntegersOfTheirDefinition()
    {
        // sigma^63 = 0.11^(63 - k) * 64^k, so s = round(2^48 sigma) means (2s - 1)^63 < (2^49)^63 sigma^63 < (2s + 1)^63.
        ReadOnlySpan<long> scales = GaussianTables.StandardScalesQ48;
        Assert.Equal(64, scales.Length);
        for (int k = 0; k < 64; k++)
        {
            BigInteger target = (BigInteger.One << (49 * 63)) * BigInteger.Pow(11, 63 - k) * BigInteger.Pow(64, k);
            BigInteger denominator = BigInteger.Pow(100, 63 - k);
            Assert.True(BigInteger.Pow((2 * (BigInteger)scales[k]) - 1, 63) * denominator < target);
            Assert.True(BigInteger.Pow((2 * (BigInteger)scales[k]) + 1, 63) * denominator > target);
        }
    }

    [Fact]
    public void EveryRoundingOfAMassIsFarFromItsBorder()
    {
        // Distance from the half way points between 63-bit numbers, in units of the last of the 63 bits: more than 2^-60 when the error is below 2^-100.
        BigInteger unit = BigInteger.One << (NormalDistribution.Fraction - 63);
        foreach (long scale in GaussianTables.StandardScalesQ48)
        {
            int half = GaussianTables.HalfWidth(scale, GaussianTables.StandardMaxMagnitude);
            for (int v = 0; v <= half; v++)
            {
                BigInteger rest = GaussianTables.Cumulative(scale, v) % unit;
                Assert.True(BigInteger.Abs(rest - unit / 2) > unit >> 60);
            }
        }
    }

    [Fact]
    public void TablesAreSymmetricPeakAtZeroAndFollowTheDensity()
    {
        TableSet set = GaussianTables.Standard;
        int symbols = 0;
        for (int t = 0; t < set.Count; t++)
        {
            double sigma = GaussianTables.StandardScalesQ48[t] / Math.Pow(2, 48);
            int half = -set.Offset(t);
            Assert.Equal(Math.Min((int)Math.Ceiling(6.1094 * sigma), 127), half);
            Assert.Equal(2 * half + 2, set.SymbolCount(t));
            symbols += set.SymbolCount(t);
            int sum = set.Frequency(t, 2 * half + 1);
            for (int v = -half; v <= half; v++)
            {
                int frequency = set.Frequency(t, half + v);
                sum += frequency;
                Assert.InRange(frequency - set.Frequency(t, half - v), -1, 1);
                Assert.True(frequency <= set.Frequency(t, half));

                // Simpson's rule on the density, fine enough to tell a frequency by one or two counts.
                double mass = Simpson(x => Math.Exp(-x * x / (2 * sigma * sigma)) / (sigma * Math.Sqrt(2 * Math.PI)), v - 0.5, v + 0.5);
                Assert.InRange(frequency - Math.Max(1, mass * 65536), -0.002 * mass * 65536 - 2, 0.002 * mass * 65536 + 2);
            }

            Assert.Equal(65536, sum);
        }

        Assert.Equal(5640, symbols);
    }

    [Fact]
    public void OtherPrecisionsAndCapsWork()
    {
        TableSet set = GaussianTables.Build([1L << 20, 1L << 48, 1L << 62], 10, 100);
        Assert.Equal((10, 3), (set.Precision, set.Count));
        Assert.Equal((-1, -7, -100), (set.Offset(0), set.Offset(1), set.Offset(2)));
        Assert.Equal(1021, set.Frequency(0, 1));
        Assert.True(set.Frequency(2, 201) > 800);
    }

    [Fact]
    public void ParametersOutOfRangeAreArgumentErrors()
    {
        Assert.Throws<ArgumentException>(() => GaussianTables.Build([], 16, 127));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianTables.Build([0], 16, 127));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianTables.Build([long.MaxValue], 16, 127));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianTables.Build([1L << 48], 16, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianTables.Build([1L << 48], 16, 32768));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianTables.Build([1L << 48], 17, 127));
        Assert.Throws<ArgumentException>(() => GaussianTables.Build([1L << 52], 4, 127));
    }

    private static double Simpson(Func<double, double> f, double from, double to)
    {
        const int Steps = 64;
        double h = (to - from) / Steps;
        double sum = f(from) + f(to);
        for (int i = 1; i < Steps; i++)
        {
            sum += (i % 2 == 1 ? 4 : 2) * f(from + i * h);
        }

        return sum * h / 3;
    }
}
