namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>Windowed samples of 1280 to 641 bins and back, as products with cosines and sines: many frames at once, the same bits everywhere.</summary>
/// <remarks>
/// Folding the window at its middle makes the even part all cosines and the odd part all sines, a quarter of the full product. At 75 frames a second
/// that costs less than one block of the networks.
/// </remarks>
internal sealed class FrameSpectrum
{
    private const int Size = SpeechShape.Window, Half = Size / 2, Bins = SpeechShape.Bins;
    private static readonly double[] s_cosines = [.. Enumerable.Range(0, Size).Select(i => Rounded(Math.Cos(2 * Math.PI * i / Size)))];
    private readonly FrameMatrix _cosines;
    private readonly FrameMatrix _sines;

    private FrameSpectrum(Func<int, int, double> cosine, Func<int, int, double> sine)
    {
        float[] c = new float[Bins * Bins], s = new float[Bins * Bins];
        for (int o = 0; o < Bins; o++)
        {
            for (int i = 0; i < Bins; i++)
            {
                (c[(o * Bins) + i], s[(o * Bins) + i]) = ((float)cosine(o, i), (float)sine(o, i));
            }
        }

        float[] none = new float[Bins];
        (_cosines, _sines) = (new FrameMatrix(c, none), new FrameMatrix(s, none));
    }

    /// <summary>Hann window of 1280 samples, periodic.</summary>
    internal static float[] Window { get; } = [.. Enumerable.Range(0, Size).Select(i => (float)(0.5 - (0.5 * s_cosines[i])))];

    /// <summary>From samples to spectra: X_k = Σ x_n e^(-2πikn/1280).</summary>
    internal static FrameSpectrum Forward() => new((k, n) => Cosine(k * n), (k, n) => -Sine(k * n));

    /// <summary>From spectra to samples; imaginary parts of the first and last bin are ignored.</summary>
    internal static FrameSpectrum Inverse() => new(
        (n, k) => Cosine(k * n) * (k is 0 or Half ? 1.0 : 2.0) / Size, (n, k) => k is 0 or Half ? 0 : -2.0 * Sine(k * n) / Size);

    /// <summary>Products of the even and of the odd part.</summary>
    /// <param name="even">641 rows: samples folded by sums (forward) or real parts (inverse).</param>
    /// <param name="odd">641 rows: samples folded by differences or imaginary parts.</param>
    /// <returns>641 rows each: real and imaginary parts, or even and odd parts of the samples.</returns>
    internal (FrameMap Even, FrameMap Odd) Apply(FrameMap even, FrameMap odd) => (_cosines.Apply(even), _sines.Apply(odd));

    private static double Cosine(int index) => s_cosines[index % Size];

    private static double Sine(int index) => s_cosines[(index + (3 * Size / 4)) % Size];

    // Libraries differ in the last bit of cosines; 2^-40 is coarser than that and finer than float32.
    private static double Rounded(double value) => Math.Round(value * (1L << 40)) / (1L << 40);
}
