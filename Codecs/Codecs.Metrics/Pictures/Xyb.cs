namespace Codecs.Metrics.Pictures;

/// <summary>The colour space XYB of JPEG XL, scaled as <see cref="Ssimulacra2"/> wants it: all components about 0..1.</summary>
/// <remarks>
/// ISO/IEC 18181-1: sRGB made linear, mixed to three cone responses, cube roots; X is half the difference of the first two, Y half
/// their sum, B the third. Then, by the metric's definition, B - Y + 0.55, 14 X + 0.42 and Y + 0.01.
/// </remarks>
internal static class Xyb
{
    private const float Bias = 0.0037930732552754493f;
    private static readonly float s_rootOfBias = MathF.Cbrt(Bias);
    private static readonly float[] s_linear = Linear();

    /// <summary>The colours of a picture as planes of linear light, float [3, height, width] in 0..1.</summary>
    /// <param name="rgb">sRGB, uint8 [height, width, 3].</param>
    public static float[] ToLinear(ReadOnlySpan<byte> rgb)
    {
        int pixels = rgb.Length / PicturePair.Channels;
        float[] planes = new float[rgb.Length];
        Span<float> red = planes.AsSpan(0, pixels);
        Span<float> green = planes.AsSpan(pixels, pixels);
        Span<float> blue = planes.AsSpan(2 * pixels, pixels);
        for (int i = 0, from = 0; i < red.Length; i++, from += PicturePair.Channels)
        {
            red[i] = s_linear[rgb[from]];
            green[i] = s_linear[rgb[from + 1]];
            blue[i] = s_linear[rgb[from + 2]];
        }

        return planes;
    }

    /// <summary>Converts a row, in place: linear red, green and blue become X, Y and B.</summary>
    public static void FromLinear(Span<float> first, Span<float> second, Span<float> third)
    {
        for (int i = 0; i < first.Length; i++)
        {
            (float r, float g, float b) = (first[i], second[i], third[i]);
            float l = Root((0.3f * r) + (0.622f * g) + (0.078f * b));
            float m = Root((0.23f * r) + (0.692f * g) + (0.078f * b));
            float s = Root((0.24342269f * r) + (0.20476744f * g) + (0.55180987f * b));
            float y = 0.5f * (l + m);
            first[i] = (14 * 0.5f * (l - m)) + 0.42f;
            second[i] = y + 0.01f;
            third[i] = s - y + 0.55f;
        }
    }

    private static float Root(float response) => MathF.Cbrt(response + Bias) - s_rootOfBias;

    private static float[] Linear()
    {
        float[] table = new float[256];
        for (int i = 0; i < table.Length; i++)
        {
            double value = i / 255.0;
            table[i] = (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
        }

        return table;
    }
}
