using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>What follows an escape symbol: how far the value lies outside its table, as Exp-Golomb code of order 0 in raw bits.</summary>
/// <remarks>
/// Excess e: values below the table are odd (1, 3, 5, ...), values above are even (0, 2, 4, ...), the nearest first. Written: the number of
/// bits k of e + 1 in 5 raw bits, then its k - 1 low bits. With values and offsets in -32767..32767, e + 1 is below 2^17: k is 1..17, and
/// the low bits fit one raw operation.
/// </remarks>
internal static class EscapeCode
{
    /// <summary>Raw bits of the length k.</summary>
    public const int LengthBits = 5;

    /// <summary>Largest length k that a value in range can have.</summary>
    public const int MaxLength = 17;

    /// <summary>The excess of a value.</summary>
    /// <param name="relative">Value minus the table's offset, outside 0..<paramref name="regular"/> - 1.</param>
    /// <param name="regular">Number of regular symbols.</param>
    public static uint Fold(int relative, int regular) =>
        relative < 0 ? (uint)(-2 * relative - 1) : (uint)(2 * (relative - regular));

    /// <summary>The inverse of <see cref="Fold"/>.</summary>
    public static int Unfold(uint excess, int regular) =>
        (excess & 1) != 0 ? -(int)(excess >> 1) - 1 : regular + (int)(excess >> 1);

    /// <summary>Number of bits k of excess + 1.</summary>
    public static int Length(uint excess) => BitOperations.Log2(excess + 1) + 1;

    /// <summary>Raw bits behind the escape symbol.</summary>
    public static int CostBits(uint excess) => LengthBits + Length(excess) - 1;
}
