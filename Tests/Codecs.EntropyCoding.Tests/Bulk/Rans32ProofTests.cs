using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding.Tests.Bulk;

/// <summary>The claims in the remarks of <see cref="Rans32"/> and <see cref="VectorEncoder"/>, at their borders.</summary>
public sealed class Rans32ProofTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(14)]
    public void StatesStayInRangeAndWordsMoveAtTheSamePlaces(int n)
    {
        for (uint f = 1; f < 1u << n; f++)
        {
            ulong threshold = (ulong)f << (32 - n);
            foreach (uint start in new[] { 0u, (1u << n) - f })
            {
                foreach (uint state in new[] { Rans32.LowerBound, (uint)(threshold - 1), (uint)Math.Min(threshold, uint.MaxValue), uint.MaxValue })
                {
                    bool emits = Rans32.MustEmit(state, f, n);
                    Assert.Equal(state >= threshold, emits);
                    uint shifted = emits ? state >> 16 : state;
                    if (shifted < (emits ? 1u : Rans32.LowerBound))
                    {
                        continue; // threshold - 1 below the lower bound: no state
                    }

                    uint next = Rans32.EncodeStep(shifted, start, f, n);
                    Assert.Equal(((ulong)shifted / f << n) + shifted % f + start, next);
                    Assert.True(next >= Rans32.LowerBound);
                    uint slot = next & ((1u << n) - 1);
                    uint back = f * (next >> n) + slot - start;
                    Assert.Equal(shifted, back);
                    Assert.Equal(emits, back < Rans32.LowerBound);
                }
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void QuotientsOfVectorsAreExact(int n)
    {
        Assert.SkipUnless(Avx2.IsSupported, "needs AVX2");
        var random = new GaussianSource((ulong)n);
        int limit = 1 << (32 - n);
        for (uint f = 1; f < 1u << n; f++)
        {
            // Around multiples of f, where a rounding would show: the smallest and largest quotients, powers of two, and some others.
            for (int k = 0; k < 6; k++)
            {
                int quotient = k switch { 0 => 1, 1 => limit - 1, 2 => limit - 2, 3 => limit / 2, 4 => 1 << random.Next(32 - n), _ => 1 + random.Next(limit - 1) };
                uint multiple = (uint)quotient * f;
                Check(f, Vector256.Create(multiple - 1, multiple, multiple + f - 1, multiple + f / 2, 0, f - 1, (f << (32 - n)) - 1, (uint)random.Next(limit) * f + 1 - 1 / f));
            }
        }
    }

    private static void Check(uint frequency, Vector256<uint> states)
    {
        Vector256<uint> expected = states / frequency;
        Assert.Equal(expected, VectorEncoder.Divide(new PermuteMover(), states, Vector256.Create(frequency)));
        if (ExpandMover.IsSupported)
        {
            Assert.Equal(expected, VectorEncoder.Divide(new ExpandMover(), states, Vector256.Create(frequency)));
        }
    }
}
