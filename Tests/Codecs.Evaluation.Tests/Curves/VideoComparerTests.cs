namespace Codecs.Evaluation.Tests.Curves;

public sealed class VideoComparerTests
{
    [Fact]
    public void MeansAreTakenOfTheVideosComparisons()
    {
        VideoContenderResult anchor = Samples.VideoCurve("x264", true, (0.05, 30), (0.1, 34), (0.2, 37));

        // On the first video twice, on the second half of the anchor's bytes.
        VideoContenderResult codec = Samples.VideoCurve("nirvana", false, (0.05, 30), (0.1, 34), (0.2, 37));
        codec = codec with
        {
            Points = [.. codec.Points.Select(p => p with
            {
                Clips = [p.Clips[0] with { BitsPerPixel = p.Clips[0].BitsPerPixel * 2 }, p.Clips[1] with { BitsPerPixel = p.Clips[1].BitsPerPixel / 2 }],
            })],
        };
        VideoCurveComparison comparison = VideoComparer.Compare(codec, anchor);

        Assert.Equal(100, comparison.Clips[0].BdRatePsnrYuvPercent!.Value, 6);
        Assert.Equal(-50, comparison.Clips[1].BdRatePsnrRgbPercent!.Value, 6);
        Assert.Equal(25, comparison.Mean.BdRateMsSsimPercent!.Value, 6);
        Assert.All(comparison.Clips[0].AtEqualPsnrYuv, at => Assert.Equal(2, at.Ratio!.Value, 9));
        Assert.All(comparison.Mean.AtEqualPsnrYuv, at => Assert.Equal(1, at.Ratio!.Value, 9));
    }

    [Fact]
    public void AVideoWithoutAValueLeavesTheMeanWithoutOne()
    {
        VideoContenderResult anchor = Samples.VideoCurve("x264", true, (0.05, 30), (0.1, 34));
        VideoContenderResult codec = Samples.VideoCurve("nirvana", false, (0.05, 31), (0.1, 33));
        codec = codec with { Points = [.. codec.Points.Select(p => p with { Clips = [p.Clips[0], p.Clips[1] with { PsnrYuvDb = 50 + p.PsnrYuvDb }] })] };
        VideoCurveComparison comparison = VideoComparer.Compare(codec, anchor);

        Assert.NotNull(comparison.Clips[0].BdRatePsnrYuvPercent);
        Assert.Null(comparison.Clips[1].BdRatePsnrYuvPercent);
        Assert.Null(comparison.Mean.BdRatePsnrYuvPercent);
        Assert.All(comparison.Mean.AtEqualPsnrYuv, at => Assert.Null(at.Ratio));
    }

    [Fact]
    public void ABaselineIsComparedOnTheSameVideosOnly()
    {
        VideoEvaluationResult now = Samples.TwoVideoCurves();
        VideoEvaluationResult before = Samples.VideoResult(Samples.VideoCurve("nirvana", false, (0.08, 30), (0.16, 34), (0.8, 42)));

        (VideoEvaluationResult result, IReadOnlyList<VideoContenderResult> baselines, IReadOnlyList<string> warnings) = CurveComparer.WithBaseline(now, before);
        Assert.Empty(warnings);
        Assert.Equal("baseline nirvana", Assert.Single(baselines).Name);
        Assert.Equal(-50, result.Comparisons[1].Mean.BdRatePsnrYuvPercent!.Value, 6);

        (result, baselines, warnings) = CurveComparer.WithBaseline(now, before with { Clips = [before.Clips[1], before.Clips[0]] });
        Assert.Contains("other videos", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Empty(baselines);
        Assert.Single(result.Comparisons);
    }
}
