namespace Codecs.Evaluation;

/// <summary>Sets curves of video codecs against each other, video by video.</summary>
/// <remarks>Videos differ in rate by a hundred times at one quality, so that a curve of means says little; means are taken of the comparisons.</remarks>
public static class VideoComparer
{
    /// <summary>Compares two codecs that were measured on the same videos in the same order.</summary>
    /// <param name="codec">The codec under test.</param>
    /// <param name="anchor">What it is compared with.</param>
    public static VideoCurveComparison Compare(VideoContenderResult codec, VideoContenderResult anchor)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(anchor);
        ClipComparison[] clips = [.. Enumerable.Range(0, codec.Points[0].Clips.Count).Select(clip => Compare(codec, anchor, clip))];
        return new VideoCurveComparison(codec.Name, anchor.Name, Mean(clips), clips);
    }

    private static ClipComparison Compare(VideoContenderResult codec, VideoContenderResult anchor, int clip)
    {
        RateDistortionCurve Curve(VideoContenderResult result, VideoMeasure measure) => RateDistortionCurve.Of(result.Points.Select(p => p.Clips[clip]), measure);
        double? Rate(VideoMeasure measure) => Curve(codec, measure).BdRateAgainst(Curve(anchor, measure));
        RateDistortionCurve anchorCurve = Curve(anchor, VideoMeasure.PsnrYuv);
        return new ClipComparison(
            Rate(VideoMeasure.PsnrYuv),
            Rate(VideoMeasure.PsnrRgb),
            Rate(VideoMeasure.MsSsim),
            [.. codec.Points.Select(p => new RateRatio(p.Setting, p.Clips[clip].BitsPerPixel / anchorCurve.RateAt(p.Clips[clip].PsnrYuvDb)))]);
    }

    private static ClipComparison Mean(ClipComparison[] clips)
    {
        double? Arithmetic(Func<ClipComparison, double?> of) => Array.TrueForAll(clips, c => of(c) is not null) ? clips.Average(of) : null;
        double? Geometric(int setting) => Arithmetic(c => c.AtEqualPsnrYuv[setting].Ratio is { } ratio ? Math.Log(ratio) : null) is { } log ? Math.Exp(log) : null;
        return new ClipComparison(
            Arithmetic(c => c.BdRatePsnrYuvPercent),
            Arithmetic(c => c.BdRatePsnrRgbPercent),
            Arithmetic(c => c.BdRateMsSsimPercent),
            [.. clips[0].AtEqualPsnrYuv.Select((at, s) => new RateRatio(at.Setting, Geometric(s)))]);
    }
}
