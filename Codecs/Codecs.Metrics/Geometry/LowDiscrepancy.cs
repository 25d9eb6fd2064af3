using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>The R2 and R3 sequences: points that fill square and cube evenly.</summary>
/// <remarks>
/// M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018: multiples of the powers of 1/g modulo 1, where g is the root above 1 of g^3 = g + 1 (R2) and of
/// g^4 = g + 1 (R3).
/// </remarks>
internal static class LowDiscrepancy
{
    private const double G2 = 1.32471795724474602596;
    private const double G3 = 1.22074408460575947536;

    /// <summary>Point <paramref name="index"/> of the square, from <paramref name="start"/> on in both coordinates.</summary>
    public static (double X, double Y) R2(int index, double start) => (Fraction(start + (index / G2)), Fraction(start + (index / (G2 * G2))));

    /// <summary>Point <paramref name="index"/> of the cube.</summary>
    public static Vector3 R3(int index, double start) =>
        new((float)Fraction(start + (index / G3)), (float)Fraction(start + (index / (G3 * G3))), (float)Fraction(start + (index / (G3 * G3 * G3))));

    private static double Fraction(double value) => value - Math.Floor(value);
}
