namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkRansRateTests
{
    [Theory]
    [InlineData(14, 0)]
    [InlineData(14, 16)]
    [InlineData(14, 32)]
    [InlineData(12, 32)]
    public void AMillionSymbolsCostAtMostOneInFiveThousandAndEightBytesMore(int precision, int lanes)
    {
        TableSet set = precision == 14 ? GaussianTables.Bulk : GaussianTables.Build(GaussianTables.StandardScalesQ48, precision, 127);
        short[] symbols = new short[1_000_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(3).Fill(set, symbols, tables);
        var writer = new FixedWriter(1 << 20);
        double bytes = BulkRans.Encode(symbols, tables, set, writer, lanes: lanes);
        double ideal = IdealBits(set, symbols, tables) / 8;
        Assert.InRange(bytes, ideal, 1.0002 * ideal + 8);
    }

    [Theory]
    [InlineData(4, 11)]
    [InlineData(8, 14)]
    [InlineData(16, 20)]
    [InlineData(32, 31)]
    public void LanesCostFiveBitsEach(int lanes, double meanBytes)
    {
        // Mean over streams of header (1 or 2 bytes), lanes and R64; the share of 14-bit tables, 0.01 %, is half a byte here.
        TableSet set = GaussianTables.Bulk;
        var source = new GaussianSource(9);
        var writer = new FixedWriter(1 << 14);
        double overhead = 0;
        const int Streams = 200;
        for (int i = 0; i < Streams; i++)
        {
            short[] symbols = new short[5000 + i];
            byte[] tables = new byte[symbols.Length];
            source.Fill(set, symbols, tables);
            writer.Clear();
            overhead += BulkRans.Encode(symbols, tables, set, writer, lanes: lanes) - IdealBits(set, symbols, tables) / 8;
        }

        Assert.InRange(overhead / Streams, 0.625 * lanes, meanBytes);
    }

    private static double IdealBits(TableSet set, ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables)
    {
        double bits = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            int relative = symbols[i] - set.Offset(tables[i]);
            int escape = set.SymbolCount(tables[i]) - 1;
            bool escaped = relative < 0 || relative >= escape;
            bits += set.Precision - Math.Log2(set.Frequency(tables[i], escaped ? escape : relative));
            if (escaped)
            {
                int excess = relative < 0 ? -2 * relative - 1 : 2 * (relative - escape);
                bits += 5 + Math.Floor(Math.Log2(excess + 1));
            }
        }

        return bits;
    }
}
