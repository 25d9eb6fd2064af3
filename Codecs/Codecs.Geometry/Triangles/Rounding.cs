namespace Codecs.Geometry.Triangles;

/// <summary>Integer divisions that round down, whatever the signs.</summary>
internal static class Rounding
{
    /// <summary>sum / count, rounded to the nearest, halves up.</summary>
    public static long Mean(long sum, int count)
    {
        long a = 2 * sum + count, b = 2L * count;
        long quotient = a / b;
        return a % b < 0 ? quotient - 1 : quotient;
    }
}
