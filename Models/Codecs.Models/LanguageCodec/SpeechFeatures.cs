using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.LanguageCodec;

/// <summary>What the encoder sees of a frame: the spectrum to 4.8 kHz with magnitudes compressed to the power 1/4, and 80 mel bands, compressed alike.</summary>
/// <remarks>
/// Roots and divisions only, which IEEE 754 rounds correctly: the same features on every machine. Order: real and imaginary part of bins 1 to 256 in
/// turn, then the bands.
/// </remarks>
internal sealed class SpeechFeatures
{
    /// <summary>Added to each power, so that silence divides by something.</summary>
    internal const float SmallestPower = 1e-9f;

    private readonly FrameSpectrum _spectrum = FrameSpectrum.Forward();
    private readonly float[] _bank;
    private readonly int[][] _support; // bins of each band

    internal SpeechFeatures()
    {
        _bank = MelBank();
        _support = [.. Enumerable.Range(0, SpeechShape.MelBands).Select(b =>
            Enumerable.Range(0, SpeechShape.Bins).Where(k => _bank[(b * SpeechShape.Bins) + k] > 0).ToArray())];
    }

    /// <summary>The features of successive frames.</summary>
    /// <param name="samples">320 · frames + 960 samples: the frames' own with 480 on each side.</param>
    /// <returns>592 rows, zeros behind the last frame.</returns>
    internal FrameMap Of(ReadOnlySpan<float> samples)
    {
        const int bins = SpeechShape.Bins, window = SpeechShape.Window, phase = SpeechShape.PhaseBins;
        int frames = ((samples.Length - window) / SpeechShape.Hop) + 1;
        (FrameMap even, FrameMap odd) = Fold(samples, frames);
        (FrameMap real, FrameMap imaginary) = _spectrum.Apply(even, odd);
        var features = new FrameMap(SpeechShape.Features, frames);
        float[] powers = new float[bins];
        for (int t = 0; t < frames; t++)
        {
            for (int k = 0; k < bins; k++)
            {
                float re = real.Row(k)[t], im = imaginary.Row(k)[t];
                powers[k] = (re * re) + (im * im);
                if (k is > 0 and <= phase)
                {
                    float magnitude = MathF.Sqrt(powers[k] + SmallestPower), root = MathF.Sqrt(magnitude), divisor = root * MathF.Sqrt(root);
                    features.Row(2 * (k - 1))[t] = re / divisor;
                    features.Row((2 * (k - 1)) + 1)[t] = im / divisor;
                }
            }

            for (int b = 0; b < SpeechShape.MelBands; b++)
            {
                float sum = 0;
                foreach (int k in _support[b])
                {
                    sum += _bank[(b * bins) + k] * powers[k];
                }

                features.Row((2 * phase) + b)[t] = MathF.Sqrt(MathF.Sqrt(MathF.Sqrt(sum + SmallestPower)));
            }
        }

        return features;
    }

    /// <summary>Triangles of equal height on the mel scale of O'Shaughnessy (HTK), 0 to 12 kHz, over the power spectrum.</summary>
    /// <returns>[80, 641].</returns>
    internal static float[] MelBank()
    {
        const double top = SpeechShape.SampleRate / 2.0;
        double highest = 2595 * Math.Log10(1 + (top / 700));
        double[] edges = [.. Enumerable.Range(0, SpeechShape.MelBands + 2)
            .Select(i => 700 * (Math.Pow(10, highest * i / (SpeechShape.MelBands + 1) / 2595) - 1) / top * (SpeechShape.Bins - 1))];
        float[] bank = new float[SpeechShape.MelBands * SpeechShape.Bins];
        for (int b = 0; b < SpeechShape.MelBands; b++)
        {
            for (int k = 0; k < SpeechShape.Bins; k++)
            {
                // Low bands are narrower than a bin: each takes part of its neighbours at least.
                double rise = (k - edges[b]) / Math.Max(1, edges[b + 1] - edges[b]), fall = (edges[b + 2] - k) / Math.Max(1, edges[b + 2] - edges[b + 1]);
                bank[(b * SpeechShape.Bins) + k] = Rounded(Math.Max(0, Math.Min(rise, fall)));
            }
        }

        return bank;
    }

    // Window and folding: rows n of sums x_n + x_(1280 - n) and of differences.
    private static (FrameMap Even, FrameMap Odd) Fold(ReadOnlySpan<float> samples, int frames)
    {
        const int size = SpeechShape.Window, half = size / 2;
        var even = new FrameMap(SpeechShape.Bins, frames);
        var odd = new FrameMap(SpeechShape.Bins, frames);
        float[] window = FrameSpectrum.Window;
        for (int t = 0; t < frames; t++)
        {
            ReadOnlySpan<float> x = samples.Slice(t * SpeechShape.Hop, size);
            for (int n = 1; n < half; n++)
            {
                float first = x[n] * window[n], second = x[size - n] * window[size - n];
                even.Row(n)[t] = first + second;
                odd.Row(n)[t] = first - second;
            }

            even.Row(0)[t] = x[0] * window[0];
            even.Row(half)[t] = x[half] * window[half];
        }

        return (even, odd);
    }

    // Libraries differ in the last bit of logarithms and powers; 2^-16 is far coarser.
    private static float Rounded(double value) => (float)(Math.Round(value * 65536) / 65536);
}
