namespace Codecs.Evaluation.Tests.Curves;

public sealed class CurveComparerTests
{
    [Fact]
    public void EachQualityHasItsOwnRate()
    {
        ContenderResult anchor = Samples.Curve("jpeg", true, (0.5, 30, 10), (1, 34, 14), (2, 37, 17));

        // Half the bytes at equal PSNR; 3 dB more MS-SSIM at half the rate would not change PSNR's value.
        ContenderResult codec = Samples.Curve("mlicv2", false, (0.25, 30, 10), (0.5, 34, 14), (1, 37, 17));
        CurveComparison comparison = CurveComparer.Compare(codec, anchor);

        Assert.Equal(("mlicv2", "jpeg"), (comparison.Codec, comparison.Anchor));
        Assert.Equal(-50, comparison.BdRatePsnrPercent!.Value, 9);
        Assert.Equal(-50, comparison.BdRateMsSsimPercent!.Value, 9);

        CurveComparison psnrOnly = CurveComparer.Compare(codec with { Points = [.. codec.Points.Select(p => p with { MsSsimDb = p.MsSsimDb + 100 })] }, anchor);
        Assert.Equal(-50, psnrOnly.BdRatePsnrPercent!.Value, 9);
        Assert.Null(psnrOnly.BdRateMsSsimPercent);
    }

    [Fact]
    public void FewerBytesAreAMinusWhicheverWayIsBetter()
    {
        ContenderResult anchor = Samples.Curve("jpeg", true, (0.5, 30, 10), (1, 34, 14), (2, 37, 17));
        ContenderResult codec = anchor with { Points = [.. anchor.Points.Select(p => p with { BitsPerPixel = p.BitsPerPixel / 2 })] };
        CurveComparison comparison = CurveComparer.Compare(codec, anchor);

        double?[] rates =
        [
            comparison.BdRateHaarPsiPercent, comparison.BdRateDssPercent, comparison.BdRateSsimulacra2Percent,
            comparison.BdRateMdsiPercent, comparison.BdRateGmsdPercent,
        ];
        Assert.All(rates, rate => Assert.Equal(-50, rate!.Value, 9));
    }

    [Fact]
    public void OneDecibelMoreAtEveryRateIsOneDecibel()
    {
        ContenderResult anchor = Samples.Curve("jpeg", true, (0.5, 30, 10), (1, 34, 14), (2, 37, 17));
        ContenderResult codec = Samples.Curve("mlicv2", false, (0.5, 31, 10), (1, 35, 14), (2, 38, 17));

        Assert.Equal(1, CurveComparer.Compare(codec, anchor).BdPsnrDb!.Value, 9);
        Assert.Equal(0, CurveComparer.Compare(codec, anchor).BdRateMsSsimPercent!.Value, 9);
    }

    [Fact]
    public void ABaselineIsTheCodecsOwnEarlierCurve()
    {
        EvaluationResult before = Samples.TwoCurves();
        EvaluationResult now = Samples.Result(
            before.Codecs[0] with { Points = [.. before.Codecs[0].Points.Select(p => p with { BitsPerPixel = p.BitsPerPixel * 0.9 })] }, before.Codecs[1]);

        (EvaluationResult result, IReadOnlyList<ContenderResult> baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(now, before);

        Assert.Empty(warnings);
        Assert.Equal("baseline mlicv2", Assert.Single(baselines).Name);
        Assert.Equal(now.Comparisons.Count + 1, result.Comparisons.Count);
        Assert.Equal("baseline mlicv2", result.Comparisons[^1].Anchor);
        Assert.Equal(-10, result.Comparisons[^1].BdRatePsnrPercent!.Value, 9);
    }

    [Fact]
    public void OtherPicturesOrAMissingCurveAreWarnedOf()
    {
        EvaluationResult now = Samples.TwoCurves();
        EvaluationResult other = now with { Pictures = [new EvaluatedPicture("c.png", 96, 64, "11ff")], Codecs = [now.Codecs[1]] };

        (EvaluationResult result, IReadOnlyList<ContenderResult> baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(now, other);

        Assert.Equal(2, warnings.Count);
        Assert.Empty(baselines);
        Assert.Equal(now.Comparisons, result.Comparisons);
    }

    [Fact]
    public void ASmallerMelDistanceIsTheBetterOne()
    {
        AudioContenderResult anchor = Samples.AudioCurve("opus", true, (16, 1.2, 28), (32, 0.8, 32), (64, 0.5, 36));
        AudioContenderResult codec = Samples.AudioCurve("walloc-audio", false, (8, 1.2, 28), (16, 0.8, 32), (32, 0.5, 36));

        Assert.Equal(-50, CurveComparer.Compare(codec, anchor).BdRateMelPercent!.Value, 9);
        Assert.Equal(100, CurveComparer.Compare(anchor, codec).BdRateMelPercent!.Value, 9);
        Assert.Equal(-50, CurveComparer.Compare(codec, anchor).BdRatePsnrPercent!.Value, 9);
    }

    [Fact]
    public void SoundsHaveBaselinesToo()
    {
        AudioEvaluationResult before = Samples.TwoAudioCurves();
        (AudioEvaluationResult result, IReadOnlyList<AudioContenderResult> baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(before, before);

        Assert.Empty(warnings);
        Assert.Equal("baseline walloc-audio", Assert.Single(baselines).Name);
        Assert.Equal(0, result.Comparisons[^1].BdRateMelPercent!.Value, 9);

        (_, _, warnings) = CurveComparer.WithBaseline(before, before with { Sounds = [], Codecs = [before.Codecs[1]] });
        Assert.Equal(2, warnings.Count);
    }
}
