using System.Globalization;

namespace Codecs.Metrics;

/// <summary>What the two Bjontegaard measures share.</summary>
internal static class RateCurve
{
    public static double[] Logarithms(ReadOnlySpan<double> rates)
    {
        double[] logarithms = new double[rates.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            logarithms[i] = rates[i] > 0
                ? Math.Log(rates[i])
                : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Rates must be above 0; found {rates[i]} at index {i}."));
        }

        return logarithms;
    }

    /// <summary>Mean of b - a over the range where both are defined; NaN when that is empty.</summary>
    public static double MeanDifference(MonotoneCubic a, MonotoneCubic b)
    {
        double low = Math.Max(a.First, b.First);
        double high = Math.Min(a.Last, b.Last);
        return high > low ? (b.Integrate(low, high) - a.Integrate(low, high)) / (high - low) : double.NaN;
    }
}
