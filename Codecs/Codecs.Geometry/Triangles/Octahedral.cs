namespace Codecs.Geometry.Triangles;

/// <summary>Unit vectors as two numbers: the octahedron |x| + |y| + |z| = 1, its lower half folded outwards, seen from above.</summary>
/// <remarks>Z. Cigolle and others, "A survey of efficient representations for independent unit vectors", JCGT 3(2), 2014. With n bits a coordinate is c = 2^n - 1 times
/// (u + 1) / 2, rounded to the nearest.</remarks>
public static class Octahedral
{
    private const int DirectionBits = 30;

    /// <summary>The two coordinates of a direction.</summary>
    /// <param name="x">Direction, finite; need not have length 1. All 0 gives (0, 0, 1).</param>
    /// <param name="y">Direction.</param>
    /// <param name="z">Direction.</param>
    /// <param name="bits">Bits of a coordinate, 1..20.</param>
    public static (int U, int V) Encode(double x, double y, double z, int bits)
    {
        double largest = Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z)));
        if (!(largest > 0) || !double.IsFinite(largest))
        {
            return Encode(0L, 0L, 1L, bits);
        }

        double scale = (1 << DirectionBits) / largest;
        return Encode((long)Math.Round(x * scale), (long)Math.Round(y * scale), (long)Math.Round(z * scale), bits);
    }

    /// <summary>The two coordinates of a direction, in integers alone.</summary>
    /// <param name="x">Direction; all 0 gives (0, 0, 1).</param>
    /// <param name="y">Direction.</param>
    /// <param name="z">Direction.</param>
    /// <param name="bits">Bits of a coordinate, 1..20.</param>
    public static (int U, int V) Encode(long x, long y, long z, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, AttributeLayer.MaxBits);
        while (Math.Max(Math.Max(x, y), z) >> DirectionBits > 0 || Math.Min(Math.Min(x, y), z) >> DirectionBits < -1)
        {
            (x, y, z) = (x >> 1, y >> 1, z >> 1);
        }

        long sum = Math.Abs(x) + Math.Abs(y) + Math.Abs(z);
        if (sum == 0)
        {
            (z, sum) = (1, 1);
        }

        (long u, long v) = z >= 0 ? (x, y) : ((sum - Math.Abs(y)) * (x >= 0 ? 1 : -1), (sum - Math.Abs(x)) * (y >= 0 ? 1 : -1));
        long largest = (1L << bits) - 1;
        return ((int)(((u + sum) * largest + sum) / (2 * sum)), (int)(((v + sum) * largest + sum) / (2 * sum)));
    }

    /// <summary>The direction of two coordinates, of length 1.</summary>
    /// <param name="u">0..2^bits - 1.</param>
    /// <param name="v">0..2^bits - 1.</param>
    /// <param name="bits">Bits of a coordinate.</param>
    public static (double X, double Y, double Z) Decode(int u, int v, int bits)
    {
        double largest = (1L << bits) - 1;
        double x = 2 * u / largest - 1, y = 2 * v / largest - 1;
        double z = 1 - Math.Abs(x) - Math.Abs(y);
        if (z < 0)
        {
            (x, y) = ((1 - Math.Abs(y)) * (x >= 0 ? 1 : -1), (1 - Math.Abs(x)) * (y >= 0 ? 1 : -1));
        }

        double length = Math.Sqrt(x * x + y * y + z * z);
        return (x / length, y / length, z / length);
    }
}
