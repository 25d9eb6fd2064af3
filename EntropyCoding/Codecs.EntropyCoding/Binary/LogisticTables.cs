namespace Codecs.EntropyCoding;

/// <summary>stretch(p) = ln(p / (1 - p)) and its inverse squash, as integer tables made by integer arithmetic: the same on every machine.</summary>
/// <remarks>
/// <para>Domain of logits ("Q8"): 256 is 1. Everything follows from e^(-1/512) as a 62-bit fraction, summed from its series, and its powers.</para>
/// <para>Squash of x in -2048..2047 is 4096 / (1 + e^(-x / 256)) rounded to nearest, 1..4095. Stretch of p in 1..4095 is 256 ln(p / (4096 - p)) rounded to
/// nearest, -2129..2129, found by comparing p / (4096 - p) with the powers at half steps; entry 0, which nobody asks for, repeats entry 1.</para>
/// </remarks>
internal static class LogisticTables
{
    /// <summary>Number of probabilities, and of logits.</summary>
    public const int Size = 4096;

    /// <summary>Largest logit that <see cref="Squash"/> takes; the smallest is -<see cref="MaxLogit"/> - 1.</summary>
    public const int MaxLogit = 2047;

    private const int FractionBits = 62;
    private const ulong One = 1UL << FractionBits;

    // e^-8.4, well behind stretch(4095) = 8.32.
    private const int Powers = 4300;

    private static readonly ulong[] s_powers = MakePowers();
    private static readonly short[] s_stretch = MakeStretch();
    private static readonly short[] s_squash = MakeSquash();

    /// <summary>Logits of the probabilities 0..4095 of 4096.</summary>
    public static ReadOnlySpan<short> Stretch => s_stretch;

    /// <summary>Probabilities of the logits -2048..2047, at index logit + 2048.</summary>
    public static ReadOnlySpan<short> Squash => s_squash;

    // Entry j is e^(-j / 512).
    private static ulong[] MakePowers()
    {
        ulong step = 0;
        ulong term = One;
        for (uint k = 1; term != 0; k++)
        {
            step = (k & 1) != 0 ? step + term : step - term;
            term /= 512 * k;
        }

        ulong[] powers = new ulong[Powers];
        powers[0] = One;
        for (int j = 1; j < powers.Length; j++)
        {
            powers[j] = (ulong)(((UInt128)powers[j - 1] * step) >> FractionBits);
        }

        return powers;
    }

    private static short[] MakeStretch()
    {
        short[] stretch = new short[Size];
        int logit = 0;
        for (int p = Size / 2; p < Size; p++)
        {
            // Up while ln(p / (4096 - p)) > (logit + 1/2) / 256.
            while ((UInt128)s_powers[2 * logit + 1] * (uint)p > (UInt128)One * (uint)(Size - p))
            {
                logit++;
            }

            stretch[p] = (short)logit;
            stretch[Size - p] = (short)-logit;
        }

        stretch[0] = stretch[1];
        return stretch;
    }

    private static short[] MakeSquash()
    {
        short[] squash = new short[Size];
        for (int x = 0; x <= MaxLogit + 1; x++)
        {
            ulong denominator = One + s_powers[2 * x];
            short p = (short)(((UInt128)Size * One + denominator / 2) / denominator);
            squash[MaxLogit + 1 - x] = (short)(Size - p);
            if (x <= MaxLogit)
            {
                squash[MaxLogit + 1 + x] = p;
            }
        }

        return squash;
    }
}
