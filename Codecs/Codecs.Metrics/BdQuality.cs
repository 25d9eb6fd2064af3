namespace Codecs.Metrics;

/// <summary>Bjontegaard's delta quality (BD-PSNR when the quality is PSNR): how much better one codec is at the same rate.</summary>
/// <remarks>
/// As <see cref="BdRate"/>, with quality as a function of the logarithm of the rate. Interpolation: F. Fritsch, J. Butland, "A method for
/// constructing local monotone piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5 (1984), known as PCHIP.
/// </remarks>
public static class BdQuality
{
    /// <summary>The mean difference in quality at equal rate.</summary>
    /// <param name="rateA">Rates of the anchor, any unit, above 0, all different; at least two points in any order.</param>
    /// <param name="qualityA">Its qualities (dB or any scale).</param>
    /// <param name="rateB">Rates of the codec under test, in the same unit, all different.</param>
    /// <param name="qualityB">Its qualities on the same scale.</param>
    /// <returns>In the unit of quality: +1 means that B is better by 1. NaN when the curves share no range of rate.</returns>
    /// <exception cref="ArgumentException">A curve has too few points, equal rates, or values that are not finite and (rates) positive.</exception>
    public static double Compute(
        ReadOnlySpan<double> rateA, ReadOnlySpan<double> qualityA, ReadOnlySpan<double> rateB, ReadOnlySpan<double> qualityB)
    {
        var a = new MonotoneCubic(RateCurve.Logarithms(rateA), qualityA.ToArray());
        var b = new MonotoneCubic(RateCurve.Logarithms(rateB), qualityB.ToArray());
        return RateCurve.MeanDifference(a, b);
    }
}
