namespace Codecs.Models.Squeeze3d;

/// <summary>The frequencies of a latent from low to high, and the neighbours that a frequency has before it.</summary>
internal static class FrequencyOrder
{
    private const int Side = ShapeCode.Frequencies;

    /// <summary>Place in the latent of the n-th frequency: by squared radius, then by place.</summary>
    internal static int[] Places { get; } = [.. Enumerable.Range(0, ShapeCode.LatentLength).OrderBy(RadiusSquared).ThenBy(static p => p)];

    /// <summary>Sum of magnitudes, at most 3 each, of the seven neighbours that are lower on some axis and higher on none.</summary>
    internal static int Neighbours(ReadOnlySpan<int> values, int place)
    {
        int x = place % Side, y = place / Side % Side, z = place / (Side * Side), sum = 0;
        for (int n = 1; n < 8; n++)
        {
            int dx = n & 1, dy = (n >> 1) & 1, dz = n >> 2;
            if (x >= dx && y >= dy && z >= dz)
            {
                sum += Math.Min(3, Math.Abs(values[place - dx - (dy * Side) - (dz * Side * Side)]));
            }
        }

        return sum;
    }

    private static int RadiusSquared(int place)
    {
        int x = place % Side, y = place / Side % Side, z = place / (Side * Side);
        return (x * x) + (y * y) + (z * z);
    }
}
