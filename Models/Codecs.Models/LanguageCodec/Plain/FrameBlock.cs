using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.LanguageCodec.Plain;

/// <summary><see cref="ConvNextBlock"/> in plain code.</summary>
internal sealed class FrameBlock
{
    private readonly float[] _filter;
    private readonly float[] _filterBias;
    private readonly FrameNorm _norm;
    private readonly FrameMatrix _widen;
    private readonly FrameMatrix _narrow;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal FrameBlock(SafetensorsFile file, string prefix, int levels)
    {
        const int width = SpeechShape.Width, hidden = SpeechShape.Hidden;
        _filter = WeightLoader.Floats(file, prefix + "dw.weight", width * SpeechShape.Taps);
        _filterBias = WeightLoader.Floats(file, prefix + "dw.bias", width);
        _norm = new FrameNorm(file, prefix + "norm.", levels);
        _widen = FrameMatrix.Load(file, prefix + "pw1.", width, hidden);
        float[] gamma = WeightLoader.Floats(file, prefix + "gamma", width), weight = WeightLoader.Floats(file, prefix + "pw2.weight", width * hidden);
        float[] bias = WeightLoader.Floats(file, prefix + "pw2.bias", width);
        for (int o = 0; o < width; o++)
        {
            bias[o] *= gamma[o];
            for (int i = 0; i < hidden; i++)
            {
                weight[(o * hidden) + i] *= gamma[o];
            }
        }

        _narrow = new FrameMatrix(weight, bias);
    }

    /// <param name="x">256 rows; the result is added to it, zeros behind the last frame before and after.</param>
    /// <param name="level">Row of the normalisation's tables.</param>
    internal void Apply(FrameMap x, int level)
    {
        FrameMap inner = FrameLayers.Depthwise(x, _filter, _filterBias);
        _norm.Apply(inner, level);
        FrameMap wide = _widen.Apply(inner);
        FrameLayers.HardSwish(wide);
        FrameLayers.Add(x, _narrow.Apply(wide));
        x.ClearEnds();
    }
}
