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
        return new CurveComparison(
            codec.Name,
            anchor.Name,
            psnr.BdRateAgainst(anchorPsnr),
            RateDistortionCurve.OfMsSsim(codec).BdRateAgainst(RateDistortionCurve.OfMsSsim(anchor)),
            psnr.BdQualityAgainst(anchorPsnr));
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
        if (!result.Pictures.Select(p => p.Sha256).Order(StringComparer.Ordinal).SequenceEqual(earlier.Pictures.Select(p => p.Sha256).Order(StringComparer.Ordinal)))
        {
            warnings.Add($"The baseline was measured on other pictures ({earlier.DataSet}, {earlier.Pictures.Count}) than this run ({result.DataSet}, {result.Pictures.Count}).");
        }

        var baselines = new List<ContenderResult>();
        var comparisons = new List<CurveComparison>(result.Comparisons);
        foreach (ContenderResult codec in result.Codecs.Where(c => !c.IsAnchor))
        {
            if (earlier.Codecs.FirstOrDefault(c => c.Name == codec.Name && !c.IsAnchor) is { } before)
            {
                ContenderResult baseline = before with { Name = BaselinePrefix + before.Name };
                baselines.Add(baseline);
                comparisons.Add(Compare(codec, baseline));
            }
            else
            {
                warnings.Add($"The baseline has no curve of '{codec.Name}'; it has {string.Join(", ", earlier.Codecs.Select(c => c.Name))}.");
            }
        }

        return (result with { Comparisons = comparisons }, baselines, warnings);
    }
}
