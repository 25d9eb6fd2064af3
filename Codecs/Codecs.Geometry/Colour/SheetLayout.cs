using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>Where the six views lie on their sheet: a box unfolded, so that most neighbours on the sheet are neighbours on the object.</summary>
/// <remarks>
/// <code>
/// +z | +x | -z | -x      y pixels high; x, z, x, z wide
/// -y | +y |              z pixels high; x, x wide
/// </code>
/// </remarks>
/// <param name="X">Pixels of the box along x.</param>
/// <param name="Y">Pixels of the box along y.</param>
/// <param name="Z">Pixels of the box along z.</param>
internal readonly record struct SheetLayout(int X, int Y, int Z)
{
    /// <summary>Sides of the box are multiples of this, from 8 to 256.</summary>
    internal const int Unit = 4;

    /// <summary>Shortest and longest side in pixels.</summary>
    internal const int MinSide = 8, MaxSide = 256;

    /// <summary>Pixels of the cube.</summary>
    internal int Longest => Math.Max(X, Math.Max(Y, Z));

    /// <summary>Width of the sheet in pixels.</summary>
    internal int Width => 2 * (X + Z);

    /// <summary>Height of the sheet in pixels.</summary>
    internal int Height => Y + Z;

    /// <summary>The layout for a box.</summary>
    /// <param name="half">Half sides of the box in sides of the cube.</param>
    /// <param name="longest">Pixels of the cube, a multiple of <see cref="Unit"/>.</param>
    internal static SheetLayout For(Vector3 half, int longest)
    {
        return new SheetLayout(Side(half.X), Side(half.Y), Side(half.Z));

        int Side(float share) => Math.Clamp((int)MathF.Ceiling(2 * share * longest / Unit) * Unit, MinSide, longest);
    }

    /// <summary>Left upper corner and size of a view.</summary>
    internal (int Left, int Top, int Width, int Height) Area(int view) => view switch
    {
        0 => (X, 0, Z, Y),
        1 => (X + Z + X, 0, Z, Y),
        2 => (X, Y, X, Z),
        3 => (0, Y, X, Z),
        4 => (0, 0, X, Y),
        _ => (X + Z, 0, X, Y),
    };
}
