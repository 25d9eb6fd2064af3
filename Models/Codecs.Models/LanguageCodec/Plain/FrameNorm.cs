using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.LanguageCodec.Plain;

/// <summary><see cref="SpeechNorm"/> over 256 channels in plain code.</summary>
internal sealed class FrameNorm
{
    private readonly float[] _scale;
    private readonly float[] _shift;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal FrameNorm(SafetensorsFile file, string prefix, int levels)
    {
        _scale = WeightLoader.Floats(file, prefix + "scale", levels * SpeechShape.Width);
        _shift = WeightLoader.Floats(file, prefix + "shift", levels * SpeechShape.Width);
    }

    /// <param name="map">256 rows.</param>
    /// <param name="level">Row of the tables.</param>
    internal void Apply(FrameMap map, int level) => FrameLayers.Normalize(
        map, _scale.AsSpan(level * SpeechShape.Width, SpeechShape.Width), _shift.AsSpan(level * SpeechShape.Width, SpeechShape.Width));
}
