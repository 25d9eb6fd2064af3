using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>The transfer function of sRGB (IEC 61966-2-1) for colours.</summary>
internal static class SrgbLight
{
    /// <summary>Linear light of an sRGB-coded colour, both 0..1.</summary>
    internal static Vector3 ToLinear(Vector3 coded) => new(ToLinear(coded.X), ToLinear(coded.Y), ToLinear(coded.Z));

    /// <summary>sRGB-coded colour of linear light; clamped to 0..1.</summary>
    internal static Vector3 FromLinear(Vector3 linear) => new(FromLinear(linear.X), FromLinear(linear.Y), FromLinear(linear.Z));

    private static float ToLinear(float coded) => coded <= 0.04045f ? coded / 12.92f : MathF.Pow((coded + 0.055f) / 1.055f, 2.4f);

    private static float FromLinear(float linear)
    {
        linear = Math.Clamp(linear, 0, 1);
        return linear <= 0.0031308f ? linear * 12.92f : (1.055f * MathF.Pow(linear, 1 / 2.4f)) - 0.055f;
    }
}
