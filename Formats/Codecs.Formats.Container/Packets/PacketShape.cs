namespace Codecs.Formats.Container;

/// <summary>The picture behind a packet: a map of indices, one for 16 x 16 pixels.</summary>
/// <param name="Width">Columns of the picture, 1..<see cref="MaxSide"/>.</param>
/// <param name="Height">Rows of the picture, 1..<see cref="MaxSide"/>.</param>
/// <param name="Bits">Bits of an index, 1..16.</param>
public readonly record struct PacketShape(int Width, int Height, int Bits)
{
    /// <summary>Pixels per site and axis.</summary>
    public const int Cell = 16;

    /// <summary>Longest side of a picture in packets.</summary>
    public const int MaxSide = Cell << 10;

    /// <summary>Most bits of an index.</summary>
    public const int MaxBits = 16;

    /// <summary>Rows of the map.</summary>
    public int Rows => (Height + Cell - 1) / Cell;

    /// <summary>Columns of the map.</summary>
    public int Columns => (Width + Cell - 1) / Cell;

    /// <summary>Sites of the map.</summary>
    public int Sites => Rows * Columns;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal void Check()
    {
        Throw.IfNotIn(Width, 1, MaxSide, nameof(Width));
        Throw.IfNotIn(Height, 1, MaxSide, nameof(Height));
        Throw.IfNotIn(Bits, 1, MaxBits, nameof(Bits));
    }

    // Columns - 1 and rows - 1 in 10 bits each, what the last column and row lack of 16 pixels in 4 each, bits - 1 in 4.
    internal uint Pack() =>
        (uint)(Columns - 1) | ((uint)(Rows - 1) << 10) | ((uint)((Columns * Cell) - Width) << 20) | ((uint)((Rows * Cell) - Height) << 24) | ((uint)(Bits - 1) << 28);

    internal static PacketShape Unpack(uint value) => new(
        ((int)((value & 0x3FF) + 1) * Cell) - (int)((value >> 20) & 0xF), ((int)(((value >> 10) & 0x3FF) + 1) * Cell) - (int)((value >> 24) & 0xF), (int)(value >> 28) + 1);
}
