namespace Codecs.Metrics.Tests;

public sealed class BdRateTests
{
    // Mean curves over the Kodak pictures: bits per pixel and PSNR (dB), measured with the encoders of Debian 12.
    private static readonly double[] s_jpegBpp = [0.1408, 0.25551, 0.44915, 0.68295, 0.86919, 1.09781, 1.54904, 2.31538, 3.30606];
    private static readonly double[] s_jpegDb = [23.8522, 26.6718, 29.1445, 31.013, 32.1738, 33.3596, 35.37, 38.034, 40.5604];
    private static readonly double[] s_avifBpp = [0.0875, 0.16137, 0.26451, 0.42037, 0.6431, 0.92071, 1.25281, 1.59624, 2.249];
    private static readonly double[] s_avifDb = [26.6973, 28.5855, 30.4139, 32.4238, 34.6174, 36.712, 38.672, 40.2521, 42.5473];

    // The example data of the authors of "Beyond Bjontegaard" (2022), x265 with two presets: kbit/s and dB.
    private static readonly double[] s_anchorRate = [9487.76, 4593.60, 2486.44, 1358.24];
    private static readonly double[] s_anchorDb = [40.037, 38.615, 36.845, 34.851];
    private static readonly double[] s_testRate = [9787.80, 4469.00, 2451.52, 1356.24];
    private static readonly double[] s_testDb = [40.121, 38.651, 36.970, 34.987];

    [Fact]
    public void EqualCurvesDifferByNothing()
    {
        Assert.Equal(0, BdRate.Compute(s_jpegBpp, s_jpegDb, s_jpegBpp, s_jpegDb), 12);
        Assert.Equal(0, BdQuality.Compute(s_jpegBpp, s_jpegDb, s_jpegBpp, s_jpegDb), 12);
    }

    [Theory]
    [InlineData(2, 100)]
    [InlineData(0.5, -50)]
    [InlineData(0.9, -10)]
    public void ScaledRatesGiveTheScaleInPerCent(double factor, double perCent)
    {
        double[] scaled = [.. s_jpegBpp.Select(r => r * factor)];

        Assert.Equal(perCent, BdRate.Compute(s_jpegBpp, s_jpegDb, scaled, s_jpegDb), 9);
    }

    [Fact]
    public void RaisedQualityGivesTheStep()
    {
        double[] raised = [.. s_jpegDb.Select(q => q + 1.5)];

        Assert.Equal(1.5, BdQuality.Compute(s_jpegBpp, s_jpegDb, s_jpegBpp, raised), 12);
    }

    // The expected values come from a separate program that integrates numerically.
    [Fact]
    public void RealCurvesGiveTheIndependentlyComputedDifference()
    {
        Assert.Equal(-4.417485, BdRate.Compute(s_anchorRate, s_anchorDb, s_testRate, s_testDb), 1e-5);
        Assert.Equal(0.119693, BdQuality.Compute(s_anchorRate, s_anchorDb, s_testRate, s_testDb), 1e-5);
        Assert.Equal(-54.60365, BdRate.Compute(s_jpegBpp, s_jpegDb, s_avifBpp, s_avifDb), 1e-5);
        Assert.Equal(4.049237, BdQuality.Compute(s_jpegBpp, s_jpegDb, s_avifBpp, s_avifDb), 1e-5);
    }

    [Fact]
    public void FourPointsAgreeWithTheOriginalPolynomial() =>
        // One cubic through the four points, as in VCEG-M33, gives -4.4205 %.
        Assert.Equal(-4.4205, BdRate.Compute(s_anchorRate, s_anchorDb, s_testRate, s_testDb), 0.02);

    [Fact]
    public void ExchangedCurvesGiveTheReciprocal()
    {
        double there = 1 + (BdRate.Compute(s_jpegBpp, s_jpegDb, s_avifBpp, s_avifDb) / 100);
        double back = 1 + (BdRate.Compute(s_avifBpp, s_avifDb, s_jpegBpp, s_jpegDb) / 100);

        Assert.Equal(1, there * back, 9);
    }

    [Fact]
    public void OrderOfThePointsDoesNotMatter()
    {
        double[] rates = [.. s_avifBpp.Reverse()];
        double[] qualities = [.. s_avifDb.Reverse()];

        Assert.Equal(
            BdRate.Compute(s_jpegBpp, s_jpegDb, s_avifBpp, s_avifDb), BdRate.Compute(s_jpegBpp, s_jpegDb, rates, qualities), 12);
        // The caller's arrays are not sorted in place.
        Assert.Equal(s_avifDb[^1], qualities[0]);
    }

    [Fact]
    public void TwoPointsAreJoinedByALine() =>
        // Logarithms of the rates run from 0 to 1 and from 1 to 3; the mean of their difference is 1.5.
        Assert.Equal((Math.Exp(1.5) - 1) * 100, BdRate.Compute([1, Math.E], [0, 1], [Math.E, Math.Exp(3)], [0, 1]), 9);

    [Fact]
    public void CurvesWithoutACommonRangeGiveNoNumber()
    {
        Assert.Equal(double.NaN, BdRate.Compute([1, 2], [20, 25], [1, 2], [30, 35]));
        Assert.Equal(double.NaN, BdQuality.Compute([1, 2], [20, 25], [3, 4], [20, 25]));
    }

    [Fact]
    public void UnusableCurvesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => BdRate.Compute([1], [20], [1, 2], [20, 25]));
        Assert.Throws<ArgumentException>(() => BdRate.Compute([1, 2, 3], [20, 25], [1, 2], [20, 25]));
        Assert.Throws<ArgumentException>(() => BdRate.Compute([0, 2], [20, 25], [1, 2], [20, 25]));
        Assert.Throws<ArgumentException>(() => BdRate.Compute([1, 2], [20, 20], [1, 2], [20, 25]));
        Assert.Throws<ArgumentException>(() => BdRate.Compute([1, 2], [20, double.PositiveInfinity], [1, 2], [20, 25]));
        Assert.Throws<ArgumentException>(() => BdQuality.Compute([1, 1], [20, 25], [1, 2], [20, 25]));
    }
}
