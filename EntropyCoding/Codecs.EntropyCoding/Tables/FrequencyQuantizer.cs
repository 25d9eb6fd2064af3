namespace Codecs.EntropyCoding;

/// <summary>Turns weights into frequencies that sum to 2^n with integer arithmetic only, so that every machine gets the same table.</summary>
/// <remarks>
/// Start from f = max(1, floor(p * 2^n)). While too few: one more for the symbol with the largest p / (2f + 1). While too many: one less
/// for the symbol with f > 1 and the smallest p / (2f - 1). p * log((f + 1) / f) is p / (f + 1/2) to second order, so this is the greedy
/// rule that minimises the Kullback-Leibler loss, without a logarithm. Ties go to the lower index. Fractions are compared by cross-multiplication: weights
/// are below 2^64 and 2f + 1 below 2^18, so 128 bits hold every product.
/// </remarks>
internal static class FrequencyQuantizer
{
    /// <summary>Fills <paramref name="frequencies"/>, all at least 1, with sum 2^<paramref name="precision"/>.</summary>
    public static void Quantize(ReadOnlySpan<ulong> weights, int precision, Span<int> frequencies)
    {
        UInt128 sum = 0;
        foreach (ulong weight in weights)
        {
            sum += weight;
        }

        if (sum == 0 || sum > ulong.MaxValue)
        {
            throw new ArgumentException($"The weights sum to {sum}; expected 1..2^64 - 1.", nameof(weights));
        }

        int excess = -(1 << precision);
        for (int i = 0; i < weights.Length; i++)
        {
            frequencies[i] = Math.Max(1, (int)(((UInt128)weights[i] << precision) / sum));
            excess += frequencies[i];
        }

        for (; excess < 0; excess++)
        {
            frequencies[LargestGain(weights, frequencies)]++;
        }

        for (; excess > 0; excess--)
        {
            frequencies[SmallestLoss(weights, frequencies)]--;
        }
    }

    private static int LargestGain(ReadOnlySpan<ulong> weights, ReadOnlySpan<int> frequencies)
    {
        int best = 0;
        for (int i = 1; i < weights.Length; i++)
        {
            if (Product(weights[i], 2 * frequencies[best] + 1) > Product(weights[best], 2 * frequencies[i] + 1))
            {
                best = i;
            }
        }

        return best;
    }

    private static int SmallestLoss(ReadOnlySpan<ulong> weights, ReadOnlySpan<int> frequencies)
    {
        // Some f is above 1 as long as the sum exceeds 2^n, because there are at most 2^n symbols.
        int best = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (frequencies[i] > 1
                && (best < 0 || Product(weights[i], 2 * frequencies[best] - 1) < Product(weights[best], 2 * frequencies[i] - 1)))
            {
                best = i;
            }
        }

        return best;
    }

    private static UInt128 Product(ulong weight, int factor) => (UInt128)weight * (uint)factor;
}
