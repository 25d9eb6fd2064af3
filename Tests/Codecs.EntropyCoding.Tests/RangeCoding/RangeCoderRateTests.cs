namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class RangeCoderRateTests
{
    private static readonly TableSet s_tables = GaussianTables.Build(GaussianTables.StandardScalesQ48[..56], 14, 127);

    [Theory]
    [InlineData(CheckMode.None, 0)]
    [InlineData(CheckMode.Check16, 16)]
    [InlineData(CheckMode.Check31, 31)]
    public void ShortPayloadsStayWithinNineBitsOfTheIdealAndWithinHalfAByteOnAverage(CheckMode check, int checkBits)
    {
        var source = new GaussianSource(77);
        var writer = new FixedWriter(1 << 12);
        var encoder = new RangeEncoder(writer, s_tables);
        double overhead = 0;
        int streams = 0;
        for (int i = 0; i < 2000; i++)
        {
            short[] symbols = new short[source.Next(250)];
            byte[] tables = new byte[symbols.Length];
            source.Fill(s_tables, symbols, tables);
            encoder.Push(symbols, tables);
            writer.Clear();
            long bytes = encoder.Finish(check);
            if (bytes >= 100)
            {
                continue;
            }

            streams++;
            double excess = 8.0 * bytes - IdealBits(symbols, tables) - checkBits;
            Assert.True(excess <= 9, $"stream {i}: {excess:F2} bits above the ideal");
            overhead += excess / 8;
        }

        Assert.True(streams > 500);
        TestContext.Current.TestOutputHelper?.WriteLine($"mean overhead {overhead / streams:F3} bytes of {streams} streams");
        Assert.InRange(overhead / streams, 0.2, 0.5);
    }

    [Fact]
    public void AMillionSymbolsCostLessThanATenThousandthMore()
    {
        short[] symbols = new short[1_000_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(3).Fill(s_tables, symbols, tables);
        var encoder = new RangeEncoder(new FixedWriter(1 << 20), s_tables);
        encoder.Push(symbols, tables);
        double ratio = 8.0 * encoder.Finish(CheckMode.None) / IdealBits(symbols, tables);
        TestContext.Current.TestOutputHelper?.WriteLine($"ratio {ratio:F6}");
        Assert.InRange(ratio, 0.9999, 1.0001);
    }

    [Fact]
    public void WhatIsNoSurpriseTakesNoByte()
    {
        var writer = new FixedWriter(16);
        var encoder = new RangeEncoder(writer, PlainTable.ToSet(14, [new PlainTable(0, [0, 16383, 16384])]));
        Assert.Equal(0, encoder.Finish(CheckMode.None));
        encoder.Push(new short[100], 0);
        Assert.Equal(0, encoder.Finish(CheckMode.None));
        var decoder = new RangeDecoder(Array.Empty<byte>(), CheckMode.None, encoder.Tables);
        short[] back = new short[100];
        decoder.Decode(0, back);
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(new short[100], back);
    }

    private static double IdealBits(ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables)
    {
        double bits = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            int relative = symbols[i] - s_tables.Offset(tables[i]);
            int escape = s_tables.SymbolCount(tables[i]) - 1;
            bool escaped = relative < 0 || relative >= escape;
            bits -= Math.Log2(s_tables.Frequency(tables[i], escaped ? escape : relative) / 16384.0);
            if (escaped)
            {
                int excess = relative < 0 ? -2 * relative - 1 : 2 * (relative - escape);
                bits += 5 + Math.Floor(Math.Log2(excess + 1));
            }
        }

        return bits;
    }
}
