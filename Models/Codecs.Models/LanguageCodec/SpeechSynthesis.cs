using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.LanguageCodec;

/// <summary>The decoder of <c>language-codec</c> in plain code: codes to samples, with the same bits on every machine.</summary>
internal sealed class SpeechSynthesis
{
    /// <summary>Start of the names of the decoder's tensors.</summary>
    internal const string Prefix = "decoder.";

    /// <summary>Largest logarithm of a bin's magnitude.</summary>
    internal const double LargestLogMagnitude = 4.6;

    /// <summary>Added to the square of a direction's length.</summary>
    internal const float SmallestSquare = 1e-4f;

    /// <summary>Frames on each side from which on a frame's samples are those of the whole sound.</summary>
    internal const int Context = SpeechShape.DecoderReach + Overlap;

    private const int Overlap = 2; // frames on each side whose windows reach into a frame's hop
    private readonly SpeechCodebooks _codebooks;
    private readonly FrameMatrix _shortcut;
    private readonly FrameMatrix _input;
    private readonly FrameNorm _norm;
    private readonly FrameBlock[] _blocks;
    private readonly FrameNorm _last;
    private readonly FrameMatrix _head;
    private readonly FrameSpectrum _spectrum = FrameSpectrum.Inverse();

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal SpeechSynthesis(SafetensorsFile file, SpeechCodebooks codebooks)
    {
        const int width = SpeechShape.Width, levels = FourierDecoder.Levels;
        _codebooks = codebooks;
        _shortcut = FrameMatrix.Load(file, Prefix + "shortcut.", SpeechShape.Latent, 2 * SpeechShape.Bins, hasBias: false);
        _input = FrameMatrix.Load(file, Prefix + "input.", SpeechShape.Latent, width, SpeechShape.Taps);
        _norm = new FrameNorm(file, Prefix + "norm.", levels);
        _blocks = [.. Enumerable.Range(0, SpeechShape.DecoderBlocks).Select(b => new FrameBlock(file, $"{Prefix}blocks.{b}.", levels))];
        _last = new FrameNorm(file, Prefix + "last.", levels);
        _head = FrameMatrix.Load(file, Prefix + "head.", width, FourierDecoder.Outputs);
    }

    /// <summary>Samples of successive frames.</summary>
    /// <param name="codes">[frames, 8], below 0 where there is none: the frames and up to <see cref="Context"/> on each side; fewer only where the sound itself ends.</param>
    /// <param name="codebooks">How many the wanted frames have, 3..8.</param>
    /// <param name="skip">Frames of context before the first wanted one.</param>
    /// <param name="output">Receives 320 samples of each wanted frame.</param>
    internal void Synthesize(ReadOnlySpan<short> codes, int codebooks, int skip, Span<float> output)
    {
        int level = codebooks - SpeechShape.FewestCodebooks;
        FrameMap latents = _codebooks.Sum(codes), x = _input.Apply(latents);
        _norm.Apply(x, level);
        x.ClearEnds();
        foreach (FrameBlock block in _blocks)
        {
            block.Apply(x, level);
        }

        _last.Apply(x, level);
        FrameMap outputs = _head.Apply(x);
        int wanted = output.Length / SpeechShape.Hop, first = Math.Max(0, skip - Overlap), end = Math.Min(x.Frames, skip + wanted + Overlap);
        (FrameMap real, FrameMap imaginary) = Spectra(outputs, _shortcut.Apply(latents), first, end);
        (FrameMap even, FrameMap odd) = _spectrum.Apply(real, imaginary);
        Add(even, odd, first - skip, output);
    }

    private static (FrameMap Real, FrameMap Imaginary) Spectra(FrameMap outputs, FrameMap directions, int first, int end)
    {
        const int bins = SpeechShape.Bins;
        var real = new FrameMap(bins, end - first);
        var imaginary = new FrameMap(bins, end - first);
        for (int k = 0; k < bins; k++)
        {
            ReadOnlySpan<float> logs = outputs.Row(k), a0 = outputs.Row(bins + k), b0 = outputs.Row((2 * bins) + k);
            ReadOnlySpan<float> a1 = directions.Row(k), b1 = directions.Row(bins + k);
            Span<float> re = real.Row(k), im = imaginary.Row(k);
            for (int t = first; t < end; t++)
            {
                float a = a0[t] + a1[t], b = b0[t] + b1[t];
                float factor = (float)PlainMath.Exp(Math.Min(logs[t], LargestLogMagnitude)) / MathF.Sqrt((a * a) + (b * b) + SmallestSquare);
                (re[t - first], im[t - first]) = (factor * a, factor * b);
            }
        }

        return (real, imaginary);
    }

    // Windows of successive frames overlap by three quarters; at the ends of a sound fewer do.
    private static void Add(FrameMap even, FrameMap odd, int firstFrame, Span<float> output)
    {
        const int size = SpeechShape.Window, half = size / 2;
        float[] window = FrameSpectrum.Window, weights = new float[output.Length];
        output.Clear();
        for (int t = 0; t < even.Frames; t++)
        {
            int start = ((firstFrame + t) * SpeechShape.Hop) - SpeechShape.Lead;
            for (int n = Math.Max(0, -start); n < Math.Min(size, output.Length - start); n++)
            {
                int row = n <= half ? n : size - n;
                float value = n <= half ? even.Row(row)[t] + odd.Row(row)[t] : even.Row(row)[t] - odd.Row(row)[t];
                output[start + n] += value * window[n];
                weights[start + n] += window[n] * window[n];
            }
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] /= weights[i];
        }
    }
}
