namespace Codecs.Evaluation.Tests.Curves;

public sealed class RateDistortionCurveTests
{
    private static RateDistortionCurve Of(params (double, double?)[] points) => RateDistortionCurve.From(points);

    [Fact]
    public void QualityIsLinearInTheLogarithmOfTheRate()
    {
        RateDistortionCurve curve = Of((0.25, 30), (1, 36));

        // 0.5 lies half-way between 0.25 and 1 on a logarithmic axis.
        Assert.Equal(33, curve.QualityAt(0.5)!.Value, 12);
        Assert.Equal(30, curve.QualityAt(0.25)!.Value, 12);
        Assert.Equal(36, curve.QualityAt(1)!.Value, 12);
    }

    [Fact]
    public void TheLogarithmOfTheRateIsLinearInQuality()
    {
        RateDistortionCurve curve = Of((0.25, 30), (1, 36), (2, 40));

        Assert.Equal(0.5, curve.RateAt(33)!.Value, 12);
        Assert.Equal(1, curve.RateAt(36)!.Value, 12);
        Assert.Equal(Math.Sqrt(2), curve.RateAt(38)!.Value, 12);
        Assert.Null(curve.RateAt(29.9));
        Assert.Null(curve.RateAt(40.1));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.01)]
    public void OutsideTheCurveThereIsNoQuality(double rate) => Assert.Null(Of((0.25, 30), (1, 36)).QualityAt(rate));

    [Fact]
    public void PointsThatAnotherPointBeatsAreLeftOut()
    {
        RateDistortionCurve curve = Of((1, 36), (0.5, 30), (0.7, 29), (0.5, 31), (2, 36));

        Assert.Equal(2, curve.Count);
        Assert.Equal(31, curve.QualityAt(0.5)!.Value, 12);
        Assert.Null(curve.QualityAt(1.5));
    }

    [Fact]
    public void ExactReproductionsAreLeftOut() => Assert.Equal(2, Of((0.5, 30), (1, 36), (8, null), (9, double.PositiveInfinity)).Count);

    [Fact]
    public void HalfTheBytesAreMinusFiftyPerCent()
    {
        RateDistortionCurve anchor = Of((0.5, 30), (1, 34), (2, 37));
        RateDistortionCurve codec = Of((0.25, 30), (0.5, 34), (1, 37));

        Assert.Equal(-50, codec.BdRateAgainst(anchor)!.Value, 9);
        Assert.Equal(100, anchor.BdRateAgainst(codec)!.Value, 9);
    }

    [Fact]
    public void CurvesWithoutACommonRangeHaveNoDifference()
    {
        Assert.Null(Of((0.5, 30), (1, 34)).BdRateAgainst(Of((0.5, 40), (1, 44))));
        Assert.Null(Of((0.5, 30), (1, 34)).BdQualityAgainst(Of((2, 30), (3, 34))));
    }

    [Fact]
    public void OnePointIsNoCurve()
    {
        Assert.Null(Of((0.5, 30)).BdRateAgainst(Of((0.5, 30), (1, 34))));
        Assert.Null(Of((0.5, 30)).QualityAt(0.5));
    }
}
