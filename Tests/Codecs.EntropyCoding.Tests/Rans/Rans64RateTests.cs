namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64RateTests
{
    [Theory]
    [InlineData(CheckMode.Check31, 41, 36)]
    [InlineData(CheckMode.Check16, 41, 25)]
    [InlineData(CheckMode.None, 41, 20)]
    public void ShortPayloadsStayWithinAFewBytesOfTheIdeal(CheckMode check, double worstBits, double meanBits)
    {
        // Worst case with words: the ideal + 32 (seed) - 31 (lower bound) + 40 (five-byte head); 36 is the mean of the design.
        TableSet set = GaussianTables.Standard;
        var source = new GaussianSource(77);
        using var encoder = new Rans64Encoder(set);
        var writer = new FixedWriter(1 << 16);
        double overhead = 0;
        const int Streams = 600;
        for (int i = 0; i < Streams; i++)
        {
            short[] symbols = new short[source.Next(300)];
            byte[] tables = new byte[symbols.Length];
            source.Fill(set, symbols, tables);
            encoder.Push(symbols, tables);
            writer.Clear();
            int bytes = encoder.Finish(check, writer);
            double excess = 8.0 * bytes - IdealBits(set, symbols, tables);
            Assert.True(excess <= worstBits + 0.01, $"stream {i}: {excess:F2} bits above the ideal");
            overhead += excess;
        }

        Assert.InRange(overhead / Streams, 0, meanBits);
    }

    [Fact]
    public void AMillionSymbolsCostLessThanATenThousandthMore()
    {
        TableSet set = GaussianTables.Standard;
        short[] symbols = new short[1_000_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(3).Fill(set, symbols, tables);
        using var encoder = new Rans64Encoder(set);
        encoder.Push(symbols, tables);
        var writer = new FixedWriter(1 << 20);
        double bits = 8.0 * encoder.Finish(CheckMode.Check31, writer);
        Assert.InRange(bits / IdealBits(set, symbols, tables), 1, 1.0001);
    }

    private static double IdealBits(TableSet set, ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables)
    {
        double bits = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            int relative = symbols[i] - set.Offset(tables[i]);
            int escape = set.SymbolCount(tables[i]) - 1;
            bool escaped = relative < 0 || relative >= escape;
            bits -= Math.Log2(set.Frequency(tables[i], escaped ? escape : relative) / 65536.0);
            if (escaped)
            {
                int excess = relative < 0 ? -2 * relative - 1 : 2 * (relative - escape);
                bits += 5 + Math.Floor(Math.Log2(excess + 1));
            }
        }

        return bits;
    }
}
