namespace Codecs.Models.Walloc;

/// <summary>Noise for packets that were too small to be coded: the same for a frame whenever and in whatever stretch it is decoded.</summary>
internal static class NoiseSource
{
    /// <summary>Adds normal noise.</summary>
    /// <param name="packets">A frame's packets.</param>
    /// <param name="sizes">Standard deviation for each.</param>
    /// <param name="amount">Factor on all sizes.</param>
    /// <param name="frame">Number of the frame: the seed.</param>
    internal static void Add(Span<float> packets, ReadOnlySpan<float> sizes, float amount, long frame)
    {
        ulong state = (ulong)frame * 0xD1342543DE82EF95;
        for (int i = 0; i < packets.Length; i += 2)
        {
            // Box and Muller: two independent normal values from two uniform ones.
            ulong bits = Next(ref state);
            float radius = MathF.Sqrt(-2 * MathF.Log(((uint)(bits >> 40) + 1) * (1f / (1 << 24))));
            (float sin, float cos) = MathF.SinCos((uint)(bits & 0xFFFFFF) * (2 * MathF.PI / (1 << 24)));
            packets[i] += amount * sizes[i] * radius * cos;
            packets[i + 1] += amount * sizes[i + 1] * radius * sin;
        }
    }

    // SplitMix64 (Steele, Lea and Flood, 2014).
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
