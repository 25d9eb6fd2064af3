using CsCheck;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class Rc32Tests
{
    [Fact]
    public void TheEndingIsInsideTheIntervalAndNoShorterOneIs()
    {
        Gen.Select(Gen.ULong[0, (1UL << 33) - 1], Gen.UInt[0, 31], Gen.UInt).Sample(
            (low, shift, bits) =>
            {
                uint range = Math.Max(1, bits >> (int)shift);
                ulong ending = Rc32.Ending(low, range);
                Assert.InRange(ending, low, low + range - 1);
                int zeros = ending == 0 ? 4 : Math.Min(4, System.Numerics.BitOperations.TrailingZeroCount(ending) / 8);
                if (zeros < 4)
                {
                    // The largest multiple of one more byte below the end lies below low.
                    ulong scale = 1UL << (8 * (zeros + 1));
                    Assert.True((low + range - 1) / scale * scale < low);
                }

                ulong own = 1UL << (8 * zeros);
                Assert.True(ending == low || ending < own || ending - own < low, "a smaller one exists");
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData(0UL, 1u, 0UL)]
    [InlineData(1UL, 0xFFFFFFFFu, 0x01000000UL)]
    [InlineData(0xFF000001UL, 0x01000000u, 0x100000000UL)]
    [InlineData(0x1FFFFFFFFUL, 2u, 0x200000000UL)]
    [InlineData(0x12345601UL, 0x01000000u, 0x13000000UL)]
    [InlineData(0x12345601UL, 0xFFu, 0x12345601UL)]
    public void EndingsOfKnownIntervals(ulong low, uint range, ulong expected) => Assert.Equal(expected, Rc32.Ending(low, range));
}
