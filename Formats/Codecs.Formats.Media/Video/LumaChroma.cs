namespace Codecs.Formats.Media;

/// <summary>The arithmetic of one matrix, range and depth: R, G, B of 0..1 to and from code values.</summary>
/// <remarks>ITU-T H.273, equations for MatrixCoefficients 1, 4 to 7 and 9, and for VideoFullRangeFlag; BT.2020 with non-constant luminance.</remarks>
internal readonly struct LumaChroma
{
    private readonly float _kr;
    private readonly float _kb;
    private readonly float _yOffset;
    private readonly float _yScale;
    private readonly float _cOffset;
    private readonly float _cScale;
    private readonly int _max;

    /// <summary>Takes matrix, range and depth of a format that is not RGB.</summary>
    public LumaChroma(VideoFormat format)
    {
        (_kr, _kb) = ColorCodes.Effective(format) switch
        {
            1 => (0.2126f, 0.0722f),
            4 => (0.30f, 0.11f),
            7 => (0.212f, 0.087f),
            9 or 10 => (0.2627f, 0.0593f),
            _ => (0.299f, 0.114f),
        };
        _max = (1 << format.BitDepth) - 1;
        float unit = 1 << (format.BitDepth - 8);
        (_yOffset, _yScale, _cScale) = format.FullRange ? (0, _max, _max) : (16 * unit, 219 * unit, 224 * unit);
        _cOffset = 128 * unit;
    }

    /// <summary>From code values to R, G, B, not clamped.</summary>
    public (float R, float G, float B) ToRgb(float y, float cb, float cr)
    {
        float luma = (y - _yOffset) / _yScale;
        float u = (cb - _cOffset) / _cScale;
        float v = (cr - _cOffset) / _cScale;
        float r = luma + (2 * (1 - _kr) * v);
        float b = luma + (2 * (1 - _kb) * u);
        return (r, (luma - (_kr * r) - (_kb * b)) / (1 - _kr - _kb), b);
    }

    /// <summary>From R, G, B to code values, not rounded.</summary>
    public (float Y, float Cb, float Cr) FromRgb(float r, float g, float b)
    {
        float luma = (_kr * r) + ((1 - _kr - _kb) * g) + (_kb * b);
        return (
            _yOffset + (_yScale * luma), _cOffset + (_cScale * (b - luma) / (2 * (1 - _kb))), _cOffset + (_cScale * (r - luma) / (2 * (1 - _kr))));
    }

    /// <summary>The nearest code value.</summary>
    public ushort Code(float value) => (ushort)Math.Clamp(MathF.Round(value), 0, _max);
}
