namespace Codecs.Metrics;

/// <summary>Mean squared error and peak signal-to-noise ratio of 8-bit samples.</summary>
public static class Psnr
{
    /// <summary>The ratio for samples 0..255: 10 log10(255^2 / MSE), over all samples at once.</summary>
    /// <param name="a">Samples, uint8, of any shape; for pictures all channels interleaved, without alpha.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <returns>Decibels; positive infinity when the samples are equal.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static double Compute(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => FromMeanSquaredError(MeanSquaredError(a, b));

    /// <summary>Mean of the squared differences.</summary>
    /// <param name="a">Samples, uint8, of any shape.</param>
    /// <param name="b">Samples of the same shape.</param>
    /// <returns>Squared levels, 0..65025.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static double MeanSquaredError(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length || a.IsEmpty)
        {
            throw new ArgumentException($"Two spans of the same length above zero are needed, found {a.Length} and {b.Length} samples.");
        }

        // Exact: 2^31 samples times 255^2 stay under 2^63.
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            int difference = a[i] - b[i];
            sum += difference * difference;
        }

        return (double)sum / a.Length;
    }

    /// <summary>Turns a mean squared error into decibels.</summary>
    /// <param name="meanSquaredError">Mean squared error, at least 0.</param>
    /// <param name="peak">Largest sample value.</param>
    /// <returns>Decibels; positive infinity for 0.</returns>
    public static double FromMeanSquaredError(double meanSquaredError, double peak = 255)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(meanSquaredError);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peak);
        return meanSquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(peak * peak / meanSquaredError);
    }
}
