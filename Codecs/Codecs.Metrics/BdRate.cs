namespace Codecs.Metrics;

/// <summary>Bjontegaard's delta rate: how many per cent more bytes one codec needs for the same quality.</summary>
/// <remarks>
/// G. Bjontegaard, "Calculation of average PSNR differences between RD-curves", VCEG-M33, 2001; with monotone piecewise cubic interpolation
/// (see <see cref="BdQuality"/> for its source) instead of one polynomial, as the JVET common test conditions do. The logarithm of the rate is
/// integrated over the range of quality that both curves cover.
/// </remarks>
public static class BdRate
{
    /// <summary>The mean difference in rate at equal quality.</summary>
    /// <param name="rateA">Rates of the anchor, any unit, above 0; at least two points in any order.</param>
    /// <param name="qualityA">Its qualities (dB or any scale where more is better), all different.</param>
    /// <param name="rateB">Rates of the codec under test, in the same unit.</param>
    /// <param name="qualityB">Its qualities on the same scale.</param>
    /// <returns>Per cent: -20 means that B needs 20 % fewer bytes than A. NaN when the curves share no range of quality.</returns>
    /// <exception cref="ArgumentException">A curve has too few points, equal qualities, or values that are not finite and (rates) positive.</exception>
    public static double Compute(
        ReadOnlySpan<double> rateA, ReadOnlySpan<double> qualityA, ReadOnlySpan<double> rateB, ReadOnlySpan<double> qualityB)
    {
        var a = new MonotoneCubic(qualityA.ToArray(), RateCurve.Logarithms(rateA));
        var b = new MonotoneCubic(qualityB.ToArray(), RateCurve.Logarithms(rateB));
        return (Math.Exp(RateCurve.MeanDifference(a, b)) - 1) * 100;
    }
}
