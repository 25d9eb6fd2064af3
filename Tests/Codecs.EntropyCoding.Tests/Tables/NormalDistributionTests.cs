using System.Globalization;
using System.Numerics;

namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class NormalDistributionTests
{
    // Phi(x) - 1/2 from an arbitrary-precision library, 69 decimals.
    [Theory]
    [InlineData("25/100", "0.098706325682923724240853791581033739282047481241031440342673463292182")]
    [InlineData("1/1", "0.341344746068542948585232545632037922477912966726604390987394450242991")]
    [InlineData("35/10", "0.499767370920964474963650074113272015226451250664110958764230107998195")]
    [InlineData("61094/10000", "0.499999999499968030671802481514387910330197586750160100840016385006431")]
    [InlineData("999/100", "0.499999999999999999999991570912799556909597971576706811491633820989935")]
    public void TheIntegralIsExactToFiftyDecimals(string x, string expected)
    {
        string[] parts = x.Split('/');
        BigInteger argument = (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture) << NormalDistribution.Fraction) / BigInteger.Parse(parts[1], CultureInfo.InvariantCulture);
        BigInteger decimals = BigInteger.Parse(expected[2..], CultureInfo.InvariantCulture);
        BigInteger scale = BigInteger.Pow(10, expected.Length - 2);
        BigInteger exact = (decimals << NormalDistribution.Fraction) / scale;
        BigInteger error = BigInteger.Abs(NormalDistribution.HalfIntegral(argument) - exact);
        Assert.True(error < BigInteger.One << (NormalDistribution.Fraction - 170), $"error 2^{error.GetBitLength() - NormalDistribution.Fraction}");
    }

    [Fact]
    public void TheIntegralIsZeroAtZeroGrowsAndSaturates()
    {
        Assert.Equal(BigInteger.Zero, NormalDistribution.HalfIntegral(0));
        BigInteger previous = -1;
        for (int i = 0; i <= 160; i++)
        {
            BigInteger value = NormalDistribution.HalfIntegral((BigInteger)i << (NormalDistribution.Fraction - 4));
            Assert.True(value > previous);
            previous = value;
        }

        Assert.Equal(BigInteger.One << (NormalDistribution.Fraction - 1), NormalDistribution.HalfIntegral((BigInteger)1000 << NormalDistribution.Fraction));
    }
}
