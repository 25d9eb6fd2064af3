namespace Codecs.Evaluation;

/// <summary>Sets curves against each other.</summary>
public static class CurveComparer
{
    /// <summary>What is written before a codec's name to mean its stored curve.</summary>
    private const string BaselinePrefix = "baseline ";

    /// <summary>Compares two curves.</summary>
    /// <param name="codec">The codec under test.</param>
    /// <param name="anchor">What it is compared with.</param>
    public static CurveComparison Compare(ContenderResult codec, ContenderResult anchor)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(anchor);
        RateDistortionCurve psnr = RateDistortionCurve.OfPsnr(codec);
        RateDistortionCurve anchorPsnr = RateDistortionCurve.OfPsnr(anchor);
        double? Rate(PictureMeasure measure) => RateDistortionCurve.Of(codec, measure).BdRateAgainst(RateDistortionCurve.Of(anchor, measure));
        return new CurveComparison(
            codec.Name,
            anchor.Name,
            psnr.BdRateAgainst(anchorPsnr),
            RateDistortionCurve.OfMsSsim(codec).BdRateAgainst(RateDistortionCurve.OfMsSsim(anchor)),
            psnr.BdQualityAgainst(anchorPsnr))
        {
            BdRateHaarPsiPercent = Rate(PictureMeasure.HaarPsi),
            BdRateDssPercent = Rate(PictureMeasure.Dss),
            BdRateSsimulacra2Percent = Rate(PictureMeasure.Ssimulacra2),
            BdRateMdsiPercent = Rate(PictureMeasure.Mdsi),
            BdRateGmsdPercent = Rate(PictureMeasure.Gmsd),
        };
    }

    /// <inheritdoc cref="Compare(ContenderResult, ContenderResult)"/>
    public static AudioCurveComparison Compare(AudioContenderResult codec, AudioContenderResult anchor)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(anchor);
        double? Rate(AudioMeasure measure) => RateDistortionCurve.Of(codec.Points, measure).BdRateAgainst(RateDistortionCurve.Of(anchor.Points, measure));
        return new AudioCurveComparison(codec.Name, anchor.Name, Rate(AudioMeasure.Mel), Rate(AudioMeasure.Psnr))
        {
            BdRateStoiPercent = Rate(AudioMeasure.Stoi),
            BdRateSpeechMosPercent = Rate(AudioMeasure.SpeechMos),
        };
    }

    /// <summary>Adds a comparison of each codec under test with its own curve in an earlier result.</summary>
    /// <param name="result">The new result.</param>
    /// <param name="earlier">The stored one.</param>
    /// <returns>
    /// The result with further comparisons, the earlier curves under the names that these use (for plots), and sentences for the user about
    /// whatever makes the comparison unfair or impossible.
    /// </returns>
    public static (EvaluationResult Result, IReadOnlyList<ContenderResult> Baselines, IReadOnlyList<string> Warnings) WithBaseline(
        EvaluationResult result, EvaluationResult earlier)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(earlier);
        var warnings = new List<string>();
        if (!SameFiles(result.Pictures, earlier.Pictures))
        {
            warnings.Add($"The baseline was measured on other pictures ({earlier.DataSet}, {earlier.Pictures.Count}) than this run ({result.DataSet}, {result.Pictures.Count}).");
        }

        List<(ContenderResult Now, ContenderResult Before)> pairs = Pair(result.Codecs, earlier.Codecs, (c, name) => c with { Name = name }, warnings);
        return (
            result with { Comparisons = [.. result.Comparisons, .. pairs.Select(p => Compare(p.Now, p.Before))] },
            [.. pairs.Select(p => p.Before)],
            warnings);
    }

    /// <inheritdoc cref="WithBaseline(EvaluationResult, EvaluationResult)"/>
    public static (AudioEvaluationResult Result, IReadOnlyList<AudioContenderResult> Baselines, IReadOnlyList<string> Warnings) WithBaseline(
        AudioEvaluationResult result, AudioEvaluationResult earlier)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(earlier);
        var warnings = new List<string>();
        if (!SameFiles(result.Sounds, earlier.Sounds))
        {
            warnings.Add($"The baseline was measured on other sounds ({earlier.DataSet}, {earlier.Sounds.Count}) than this run ({result.DataSet}, {result.Sounds.Count}).");
        }

        List<(AudioContenderResult Now, AudioContenderResult Before)> pairs = Pair(result.Codecs, earlier.Codecs, (c, name) => c with { Name = name }, warnings);
        return (
            result with { Comparisons = [.. result.Comparisons, .. pairs.Select(p => Compare(p.Now, p.Before))] },
            [.. pairs.Select(p => p.Before)],
            warnings);
    }

    /// <inheritdoc cref="WithBaseline(EvaluationResult, EvaluationResult)"/>
    /// <remarks>Videos are compared one by one, so without the same videos there is no comparison.</remarks>
    public static (VideoEvaluationResult Result, IReadOnlyList<VideoContenderResult> Baselines, IReadOnlyList<string> Warnings) WithBaseline(
        VideoEvaluationResult result, VideoEvaluationResult earlier)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(earlier);
        if (!result.Clips.Select(c => c.Sha256).SequenceEqual(earlier.Clips.Select(c => c.Sha256)))
        {
            return (result, [], [$"The baseline was measured on other videos ({earlier.DataSet}, {earlier.Clips.Count}) than this run ({result.DataSet}, {result.Clips.Count}) and is left out."]);
        }

        var warnings = new List<string>();
        List<(VideoContenderResult Now, VideoContenderResult Before)> pairs = Pair(result.Codecs, earlier.Codecs, (c, name) => c with { Name = name }, warnings);
        return (
            result with { Comparisons = [.. result.Comparisons, .. pairs.Select(p => VideoComparer.Compare(p.Now, p.Before))] },
            [.. pairs.Select(p => p.Before)],
            warnings);
    }

    private static bool SameFiles(IEnumerable<IEvaluatedMedium> a, IEnumerable<IEvaluatedMedium> b) =>
        a.Select(f => f.Sha256).Order(StringComparer.Ordinal).SequenceEqual(b.Select(f => f.Sha256).Order(StringComparer.Ordinal));

    /// <summary>Each codec under test with its earlier curve, as far as there is one.</summary>
    private static List<(TCodec Now, TCodec Before)> Pair<TCodec>(
        IReadOnlyList<TCodec> now, IReadOnlyList<TCodec> earlier, Func<TCodec, string, TCodec> rename, List<string> warnings)
        where TCodec : class, ICodecCurve
    {
        var pairs = new List<(TCodec, TCodec)>();
        foreach (TCodec codec in now.Where(c => !c.IsAnchor))
        {
            if (earlier.FirstOrDefault(c => c.Name == codec.Name && !c.IsAnchor) is { } before)
            {
                pairs.Add((codec, rename(before, BaselinePrefix + before.Name)));
            }
            else
            {
                warnings.Add($"The baseline has no curve of '{codec.Name}'; it has {string.Join(", ", earlier.Select(c => c.Name))}.");
            }
        }

        return pairs;
    }
}
