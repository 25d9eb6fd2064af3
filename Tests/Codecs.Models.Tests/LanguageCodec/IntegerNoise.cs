namespace Codecs.Models.Tests.LanguageCodec;

/// <summary>Noise without any floating-point function: the upper bits of a linear congruence.</summary>
internal static class IntegerNoise
{
    /// <returns>Multiples of 1/1024 from -1 to below 1; the name is the seed.</returns>
    internal static float[] Create(string name, int count)
    {
        uint state = name.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            values[i] = ((int)(state >> 21) - 1024) / 1024f;
        }

        return values;
    }
}
