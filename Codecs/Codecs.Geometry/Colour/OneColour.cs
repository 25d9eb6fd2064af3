using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>The same colour everywhere, in steps of 1/255.</summary>
internal sealed class OneColour : ISpaceColour
{
    /// <summary>Bytes it takes.</summary>
    internal const int Bytes = 3;

    private readonly Vector3 _color;

    /// <summary>Reads red, green and blue.</summary>
    internal OneColour(ReadOnlySpan<byte> rgb) => (_color, Rgb) = (new Vector3(rgb[0], rgb[1], rgb[2]) / byte.MaxValue, [rgb[0], rgb[1], rgb[2]]);

    /// <summary>Rounds a colour.</summary>
    internal OneColour(Vector3 color)
        : this([Rounded(color.X), Rounded(color.Y), Rounded(color.Z)])
    {
    }

    /// <summary>Red, green, blue.</summary>
    internal byte[] Rgb { get; }

    /// <inheritdoc/>
    public Vector3 At(Vector3 point, Vector3 normal) => _color;

    /// <summary>A sample of 0..1 as a byte.</summary>
    internal static byte Rounded(float value) => (byte)((Math.Clamp(value, 0, 1) * byte.MaxValue) + 0.5f);
}
