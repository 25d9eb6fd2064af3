namespace Codecs.EntropyCoding.Interop;

/// <summary>The float-to-integer table rule of CompressAI, for importing its models. Run it once at import and keep the integers.</summary>
public static class CompressAiTables
{
    private const int Precision = 16;
    private const int Total = 1 << Precision;

    /// <summary>Quantises probabilities to a cumulative table with the reference's rule (its <c>pmf_to_quantized_cdf</c> at 16 bits).</summary>
    /// <param name="pmf">float32 probabilities of the symbols, the escape (tail mass) last: 2..65536 of them, each in 0..2, not all near zero.</param>
    /// <returns>pmf.Length + 1 strictly increasing numbers from 0 to 65536, ready for <see cref="TableSetBuilder.AddCumulative"/>.</returns>
    /// <remarks>
    /// round(p * 2^16) half away from zero; renormalise by floor(2^16 * f / total); prefix sums; the last one forced to 2^16; then each
    /// empty symbol, from left to right, takes one count from the first symbol with the smallest frequency above 1.
    /// </remarks>
    /// <exception cref="ArgumentException">The probabilities cannot form such a table.</exception>
    public static int[] Quantize(ReadOnlySpan<float> pmf)
    {
        if (pmf.Length is < 2 or > Total)
        {
            throw new ArgumentException($"{pmf.Length} probabilities; expected 2..{Total}.", nameof(pmf));
        }

        int[] cumulative = new int[pmf.Length + 1];
        long total = 0;
        for (int i = 0; i < pmf.Length; i++)
        {
            float p = pmf[i];
            if (!(p >= 0 && p <= 2))
            {
                throw new ArgumentException($"Probability {i} is {p}; expected a number in 0..2.", nameof(pmf));
            }

            cumulative[i + 1] = (int)MathF.Round(p * Total, MidpointRounding.AwayFromZero);
            total += cumulative[i + 1];
        }

        if (total == 0)
        {
            throw new ArgumentException("All probabilities round to zero.", nameof(pmf));
        }

        for (int i = 1; i < cumulative.Length; i++)
        {
            cumulative[i] = cumulative[i - 1] + (int)(((long)cumulative[i] << Precision) / total);
        }

        cumulative[^1] = Total;
        for (int i = 0; i < pmf.Length; i++)
        {
            if (cumulative[i] == cumulative[i + 1])
            {
                Steal(cumulative, i);
            }
        }

        return cumulative;
    }

    // Moves every boundary between the giver and the empty symbol by one.
    private static void Steal(int[] cumulative, int empty)
    {
        int giver = -1;
        int smallest = int.MaxValue;
        for (int j = 0; j + 1 < cumulative.Length; j++)
        {
            int frequency = cumulative[j + 1] - cumulative[j];
            if (frequency > 1 && frequency < smallest)
            {
                (giver, smallest) = (j, frequency);
            }
        }

        // There is a giver: at most 2^16 symbols share 2^16 counts and one of them has none.
        for (int j = giver + 1; j <= empty; j++)
        {
            cumulative[j]--;
        }

        for (int j = empty + 1; j <= giver; j++)
        {
            cumulative[j]++;
        }
    }
}
