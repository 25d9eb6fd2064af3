namespace Codecs.Models.Nirvana;

/// <summary>The quantiser steps of a picture: one for each step of the pyramid, integers everywhere.</summary>
/// <remarks>A half difference of step k (0 the finest) stands for 2^(k+1) samples, so its step is smaller by 2^(-(k+1)/2); decoded means lead to predictions that
/// are better than that rule knows, which <see cref="CoarsePerStep"/> makes up for.</remarks>
internal static class QuantizerSteps
{
    /// <summary>Largest rate index; 0 is the best quality. Eight more double the step.</summary>
    internal const int MaxIndex = 71;

    /// <summary>Smallest step, in 1/32 of a grey level: the inputs of the networks must fit 16 bits.</summary>
    internal const int MinStep = 4;

    // 1/16 of an index: each step of the pyramid is a little coarser than orthonormal.
    private const int CoarsePerStep = 8;

    // 2^(i/128) for i = 0..127 in 1/65536, rounded: filled by integer square roots.
    private static readonly int[] s_mantissas = Mantissas();

    /// <summary>The step of half differences, in 1/32 of a grey level.</summary>
    /// <param name="index">Rate index, 0..<see cref="MaxIndex"/>.</param>
    /// <param name="k">Step of the pyramid, 0 the finest.</param>
    internal static int Of(int index, int k)
    {
        // 16 grid points to an index, 128 to an octave; 24/32 of a grey level times 2^(index / 8), times 2^(-(k + 1) / 2).
        int position = (index * 16) - ((k + 1) * (64 - CoarsePerStep)) + (128 * 20);
        long step = (24L * s_mantissas[position & 127]) << (position >> 7);
        return Math.Max(MinStep, (int)((step + (1L << 35)) >> 36));
    }

    /// <summary>The rate index as a network sees it: 1/128 for 1/8 of an octave, 0 in the middle.</summary>
    internal static short Feature(int index) => (short)((index - 40) * 16);

    private static int[] Mantissas()
    {
        // Seven square roots of 2, each in 1/2^30, multiplied as the bits of i say.
        Span<ulong> roots = stackalloc ulong[7];
        ulong value = 2UL << 30;
        for (int b = 6; b >= 0; b--)
        {
            value = Root((UInt128)value << 30);
            roots[b] = value;
        }

        int[] table = new int[128];
        for (int i = 0; i < table.Length; i++)
        {
            ulong product = 1UL << 30;
            for (int b = 0; b < 7; b++)
            {
                if ((i >> b & 1) != 0)
                {
                    product = (product * roots[b]) >> 30;
                }
            }

            table[i] = (int)(product >> 14);
        }

        return table;
    }

    private static ulong Root(UInt128 square)
    {
        ulong low = 0, high = 1UL << 33;
        while (high - low > 1)
        {
            ulong middle = (low + high) / 2;
            (low, high) = (UInt128)middle * middle <= square ? (middle, high) : (low, middle);
        }

        return low;
    }
}
