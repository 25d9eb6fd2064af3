namespace Codecs.Models.Exact;

/// <summary>Turns numbers into signed bytes with a common power-of-two scale.</summary>
internal static class SignedByteQuantizer
{
    // Steps of a scale that are tried for the least squared error; large values are cut off.
    private const int Scales = 5;

    /// <returns>Values in ±127 and their fraction bits.</returns>
    internal static (sbyte[] Values, int Bits) Quantize(ReadOnlySpan<float> values)
    {
        float largest = 1e-6f;
        foreach (float v in values)
        {
            largest = Math.Max(largest, Math.Abs(v));
        }

        int safe = (int)Math.Floor(Math.Log2(sbyte.MaxValue / largest)), best = safe;
        double least = double.PositiveInfinity;
        for (int bits = safe; bits < safe + Scales; bits++)
        {
            double error = 0;
            foreach (float v in values)
            {
                double difference = v - Math.ScaleB(Round(v, bits), -bits);
                error += difference * difference;
            }

            (least, best) = error < least ? (error, bits) : (least, best);
        }

        sbyte[] rounded = new sbyte[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = Round(values[i], best);
        }

        return (rounded, best);
    }

    private static sbyte Round(float value, int bits) => (sbyte)(int)Math.Clamp(Math.Round(Math.ScaleB(value, bits)), -sbyte.MaxValue, sbyte.MaxValue);
}
