namespace Codecs.Metrics.Audio;

/// <summary>Neurogram similarity: structural similarity of two spectrogram patches.</summary>
/// <remarks>
/// A. Hines, N. Harte, "Speech intelligibility prediction using a neurogram similarity index measure", Speech Communication 2012: intensity times
/// structure under a 3 x 3 Gaussian window (standard deviation 0.5), edges repeated, constants for a range of 1.
/// </remarks>
internal static class Nsim
{
    private const double Center = 0.619485845753726;
    private const double Side = 0.0838251475442633;
    private const double Corner = 0.0113033910173052;
    private const double C1 = 0.01 * 0.01;
    private const double C3 = 0.03 * 0.03 / 2;

    /// <summary>Mean similarity of columns <paramref name="start"/> to <paramref name="start"/> + <paramref name="width"/> - 1.</summary>
    /// <param name="reference">Values [rows, columns], row-major.</param>
    /// <param name="degraded">Values of the same shape.</param>
    /// <param name="columns">Columns of both.</param>
    /// <param name="start">First column of the patch.</param>
    /// <param name="width">Columns of the patch; nothing outside it is looked at.</param>
    /// <returns>-1..1; 1 for equal patches.</returns>
    public static double Patch(ReadOnlySpan<double> reference, ReadOnlySpan<double> degraded, int columns, int start, int width)
    {
        int rows = reference.Length / columns;
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double meanR = 0, meanD = 0, squareR = 0, squareD = 0, product = 0;
                for (int down = -1; down <= 1; down++)
                {
                    int offset = (Math.Clamp(row + down, 0, rows - 1) * columns) + start;
                    for (int across = -1; across <= 1; across++)
                    {
                        int index = offset + Math.Clamp(column + across, 0, width - 1);
                        double weight = down == 0 ? (across == 0 ? Center : Side) : (across == 0 ? Side : Corner);
                        double r = reference[index];
                        double d = degraded[index];
                        meanR += weight * r;
                        meanD += weight * d;
                        squareR += weight * r * r;
                        squareD += weight * d * d;
                        product += weight * r * d;
                    }
                }

                double intensity = ((2 * meanR * meanD) + C1) / ((meanR * meanR) + (meanD * meanD) + C1);
                // Rounding may leave a variance just below 0.
                double variances = (squareR - (meanR * meanR)) * (squareD - (meanD * meanD));
                double structure = (product - (meanR * meanD) + C3) / (Math.Sqrt(Math.Max(0, variances)) + C3);
                sum += intensity * structure;
            }
        }

        return sum / (rows * width);
    }
}
