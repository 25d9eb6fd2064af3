namespace Codecs.EntropyCoding.Tests.Rans;

/// <summary>The remarks of <see cref="Rans64"/> at their borders: every precision, extreme frequencies, states next to every limit.</summary>
public sealed class Rans64ProofTests
{
    public static TheoryData<int, int, int> Borders()
    {
        var data = new TheoryData<int, int, int>();
        for (int n = 1; n <= 16; n++)
        {
            int total = 1 << n;
            foreach (int frequency in new[] { 1, 2, total / 2, total - 2, total - 1 }.Where(f => f >= 1 && f < total).Distinct())
            {
                data.Add(n, frequency, 0);
                data.Add(n, frequency, total - frequency);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void TheLargestStateBelowTheThresholdStaysBelowTheUpperBoundAndComesBack(int n, int frequency, int start)
    {
        ulong threshold = Rans64.EmitThreshold((uint)frequency, n);
        foreach (ulong state in new[] { threshold - 1, threshold - (ulong)frequency, threshold / 2, Rans64.LowerBound, Rans64.LowerBound - 1, 1UL, 0UL })
        {
            ulong next = Rans64.EncodeStep(state, (uint)start, (uint)frequency, n);
            Assert.True(next < Rans64.UpperBound);
            Assert.True(next >= state);
            ulong slot = next & ((1UL << n) - 1);
            Assert.InRange((long)slot, start, start + frequency - 1);
            Assert.Equal(state, (ulong)frequency * (next >> n) + slot - (ulong)start);
        }
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void OneWordIsEnoughAndTheDecoderReadsItWhereItWasEmitted(int n, int frequency, int start)
    {
        ulong threshold = Rans64.EmitThreshold((uint)frequency, n);
        foreach (ulong state in new[] { threshold, threshold + 1, (threshold + Rans64.UpperBound) / 2, Rans64.UpperBound - 1 }.Where(x => x < Rans64.UpperBound))
        {
            ulong shifted = state >> Rans64.WordBits;
            Assert.True(shifted < Rans64.LowerBound);
            Assert.True(shifted < threshold);
            Assert.True(Rans64.EncodeStep(shifted, (uint)start, (uint)frequency, n) >= Rans64.LowerBound);
        }

        // A decoder never leaves 0 behind a normalised state, so one word lifts it over the lower bound.
        ulong lowest = (ulong)frequency * (Rans64.LowerBound >> n);
        Assert.True(lowest << Rans64.WordBits >= Rans64.LowerBound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(16)]
    public void RawBitsAreASymbolOfFrequencyOne(int bits)
    {
        ulong state = Rans64.EncodeStep((1UL << (63 - bits)) - 1, 1, 1, bits);
        Assert.True(state < Rans64.UpperBound);
        Assert.Equal(1u, Rans64.DecodeRawStep(ref state, bits));
        Assert.Equal((1UL << (63 - bits)) - 1, state);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(255UL)]
    [InlineData(256UL)]
    [InlineData(0x80000000UL)]
    [InlineData(0xFFFFFFFFUL)]
    [InlineData(0x7FFFFFFFFFFFFFFFUL)]
    public void HeadsAreReadBackWithAndWithoutWords(ulong state)
    {
        uint[] all = [1, 2, 3, 4, 5];
        for (int words = 0; words <= all.Length; words++)
        {
            if (words > 0 && state < Rans64.LowerBound)
            {
                continue;
            }

            var writer = new FixedWriter(64);
            int length = Rans64Payload.Write(state, all.AsSpan(0, words), writer);
            Assert.True(Rans64Payload.TryReadHead(writer.Written.Span, out ulong back, out int head));
            Assert.Equal(state, back);
            Assert.Equal(length - 4 * words, head);
        }
    }
}
