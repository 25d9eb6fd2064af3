namespace Codecs.Metrics.Pictures;

/// <summary>The smoothing window of <see cref="Ssimulacra2"/>: nearly a Gaussian of standard deviation 1.5.</summary>
/// <remarks>
/// D. Charalampidis, "Recursive implementation of the Gaussian filter using truncated cosine functions", IEEE Trans. Signal Processing 64
/// (2016). The reference runs the recursion; its impulse response is the sum of three cosines cut off where they vanish, here 9 taps, and at
/// this length the direct sum is as fast and gathers no rounding errors along a row.
/// </remarks>
internal static class CosineWindow
{
    private const double Sigma = 1.5;

    /// <summary>The taps -Reach..Reach, of sum 1.</summary>
    public static readonly float[] Taps = Make();

    /// <summary>Taps on either side of the middle.</summary>
    public static int Reach => Taps.Length / 2;

    private static float[] Make()
    {
        // The paper's (57): where the cosines vanish.
        int radius = (int)Math.Round((3.2795 * Sigma) + 0.2546);
        double[] frequencies = [.. new[] { 1, 3, 5 }.Select(k => k * Math.PI / (2 * radius))];

        // The amplitudes follow from three demands (53..56): sum 1; the Gaussian's second moment, as the paper's p and r state it; and an
        // error that is orthogonal to the kernel of the first two.
        double[] p = [.. frequencies.Select((w, i) => (i == 1 ? -1 : 1) / Math.Tan(w / 2))];
        double[] r = [.. frequencies.Select((w, i) => (i == 1 ? -1 : 1) * p[i] * p[i] / Math.Sin(w))];
        double[] kernel =
        [
            ((p[1] * r[2]) - (r[1] * p[2])) / ((p[0] * r[1]) - (r[0] * p[1])),
            ((p[2] * r[0]) - (r[2] * p[0])) / ((p[0] * r[1]) - (r[0] * p[1])),
            1,
        ];
        double[] gaussian = [.. frequencies.Select(w => Math.Exp(-0.5 * Sigma * Sigma * w * w) / radius)];
        double projection = (kernel[0] * gaussian[0]) + (kernel[1] * gaussian[1]) + gaussian[2];
        double[] amplitudes = Solve(p, r, kernel, [1, (radius * radius) - (Sigma * Sigma), projection]);

        float[] taps = new float[(2 * radius) - 1];
        for (int i = 0; i < taps.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < amplitudes.Length; k++)
            {
                sum += amplitudes[k] * Math.Cos(frequencies[k] * (i - radius + 1));
            }

            taps[i] = (float)sum;
        }

        return taps;
    }

    /// <summary>Three equations with three unknowns, by Cramer's rule.</summary>
    private static double[] Solve(double[] a, double[] b, double[] c, double[] right)
    {
        static double Determinant(double[] x, double[] y, double[] z) =>
            (x[0] * ((y[1] * z[2]) - (y[2] * z[1]))) - (x[1] * ((y[0] * z[2]) - (y[2] * z[0]))) + (x[2] * ((y[0] * z[1]) - (y[1] * z[0])));

        double[] Replaced(double[] row, int column, double value) => [.. row.Select((v, i) => i == column ? value : v)];

        double whole = Determinant(a, b, c);
        return [.. Enumerable.Range(0, 3).Select(i =>
            Determinant(Replaced(a, i, right[0]), Replaced(b, i, right[1]), Replaced(c, i, right[2])) / whole)];
    }
}
