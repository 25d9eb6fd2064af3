namespace Codecs.Metrics.Tests;

public sealed class PsnrTests
{
    [Fact]
    public void EqualSamplesAreInfinitelyGood() =>
        Assert.Equal(double.PositiveInfinity, Psnr.Compute([1, 2, 3], [1, 2, 3]));

    [Fact]
    public void OppositeSamplesGiveZeroDecibels() => Assert.Equal(0, Psnr.Compute([0, 255], [255, 0]), 12);

    [Fact]
    public void DifferenceOfOneGivesTheKnownCeiling()
    {
        Assert.Equal(1, Psnr.MeanSquaredError([10, 20, 30], [11, 19, 31]));
        // 20 log10 255
        Assert.Equal(48.1308036087, Psnr.Compute([10, 20, 30], [11, 19, 31]), 9);
    }

    [Fact]
    public void ErrorsAreAveragedOverAllSamples() => Assert.Equal(25, Psnr.MeanSquaredError([0, 0, 0, 0], [10, 0, 0, 0]));

    [Fact]
    public void PeakIsTheCallers() => Assert.Equal(20, Psnr.FromMeanSquaredError(0.01, peak: 1), 12);

    [Fact]
    public void SpansThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Psnr.Compute([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Psnr.Compute([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Psnr.FromMeanSquaredError(-1));
    }
}
