namespace Codecs.Metrics.Audio;

/// <summary>The three Hann windows in use; they differ in where the zeros lie.</summary>
internal static class Hann
{
    /// <summary>Zero at the first sample only: the form for overlapping frames (SciPy's and torch's default).</summary>
    public static double[] Periodic(int length) => Make(length, 0, length);

    /// <summary>Zero at the first and the last sample.</summary>
    public static double[] Symmetric(int length) => Make(length, 0, length - 1);

    /// <summary>The symmetric window without its two zeros (MATLAB's hanning).</summary>
    public static double[] Interior(int length) => Make(length, 1, length + 1);

    private static double[] Make(int length, int first, int period)
    {
        double[] window = new double[length];
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + first) / period));
        }

        return window;
    }
}
