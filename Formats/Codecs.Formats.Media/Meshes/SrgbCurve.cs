namespace Codecs.Formats.Media;

/// <summary>The transfer function of sRGB (IEC 61966-2-1): formats older than glTF store vertex colours with it.</summary>
internal static class SrgbCurve
{
    private static readonly float[] s_bytes = Table();

    /// <summary>Linear light, 0 to 1, of an encoded byte.</summary>
    public static float ToLinear(byte value) => s_bytes[value];

    /// <summary>Linear light of an encoded value, both 0 to 1.</summary>
    public static float ToLinear(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    /// <summary>Encodes linear light, both 0 to 1.</summary>
    public static float FromLinear(float value) => value <= 0.0031308f ? value * 12.92f : (1.055f * MathF.Pow(value, 1 / 2.4f)) - 0.055f;

    /// <summary>Encodes linear light, 0 to 1, as a byte.</summary>
    public static byte ToByte(float linear) => (byte)((FromLinear(Math.Clamp(linear, 0, 1)) * 255) + 0.5f);

    private static float[] Table()
    {
        float[] table = new float[256];
        for (int i = 0; i < 256; i++)
        {
            table[i] = ToLinear(i / 255f);
        }

        return table;
    }
}
