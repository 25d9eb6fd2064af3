using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.LanguageCodec;

/// <summary>The encoder of <c>language-codec</c> in plain code: samples to latent vectors, with the same bits on every machine.</summary>
internal sealed class SpeechAnalysis
{
    /// <summary>Start of the names of the encoder's tensors.</summary>
    internal const string Prefix = "encoder.";

    private readonly SpeechFeatures _features = new();
    private readonly FrameMatrix _shortcut;
    private readonly FrameMatrix _input;
    private readonly FrameNorm _norm;
    private readonly FrameBlock[] _blocks;
    private readonly FrameNorm _last;
    private readonly FrameMatrix _output;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal SpeechAnalysis(SafetensorsFile file)
    {
        const int width = SpeechShape.Width, taps = SpeechShape.EndTaps;
        _shortcut = FrameMatrix.Load(file, Prefix + "shortcut.", SpeechShape.Features, SpeechShape.Latent, hasBias: false);
        _input = FrameMatrix.Load(file, Prefix + "input.", SpeechShape.Features, width, taps);
        _norm = new FrameNorm(file, Prefix + "norm.", 1);
        _blocks = [.. Enumerable.Range(0, SpeechShape.EncoderBlocks).Select(b => new FrameBlock(file, $"{Prefix}blocks.{b}.", 1))];
        _last = new FrameNorm(file, Prefix + "last.", 1);
        _output = FrameMatrix.Load(file, Prefix + "output.", width, SpeechShape.Latent, taps);
    }

    /// <summary>Latent vectors of successive frames.</summary>
    /// <param name="samples">320 · frames + 960 samples: the frames' own with 480 on each side.</param>
    /// <returns>128 rows. The <see cref="SpeechShape.EncoderReach"/> frames at an end are right only where the sound itself ends.</returns>
    internal FrameMap Transform(ReadOnlySpan<float> samples)
    {
        FrameMap features = _features.Of(samples), x = _input.Apply(features);
        _norm.Apply(x, 0);
        x.ClearEnds();
        foreach (FrameBlock block in _blocks)
        {
            block.Apply(x, 0);
        }

        _last.Apply(x, 0);
        x.ClearEnds();
        FrameMap latents = _output.Apply(x);
        FrameLayers.Add(latents, _shortcut.Apply(features));
        return latents;
    }
}
