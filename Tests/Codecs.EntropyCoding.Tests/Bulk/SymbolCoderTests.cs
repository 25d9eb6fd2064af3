using System.Buffers;

namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class SymbolCoderTests
{
    [Theory]
    [InlineData(0, SymbolCoding.Rans64)]
    [InlineData(4095, SymbolCoding.Rans64)]
    [InlineData(4096, SymbolCoding.BulkRans)]
    [InlineData(70_000, SymbolCoding.BulkRans)]
    public void TheNumberOfSymbolsChoosesTheCoder(int count, SymbolCoding expected)
    {
        TableSet set = GaussianTables.Bulk;
        short[] symbols = new short[count];
        byte[] tables = new byte[count];
        short[] back = new short[count];
        new GaussianSource(4).Fill(set, symbols, tables);
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(expected, SymbolCoder.Encode(symbols, tables, set, writer, CheckMode.Check31, [7, 8]));
        Assert.Equal(CodingStatus.Ok, SymbolCoder.Decode(expected, writer.WrittenMemory, tables, set, back, CheckMode.Check31, [7, 8]));
        Assert.Equal(symbols, back);
        Assert.Equal(CodingStatus.CheckFailed, SymbolCoder.Decode(expected, writer.WrittenMemory, tables, set, back, CheckMode.Check31, [7, 9]));
        SymbolCoding other = expected == SymbolCoding.Rans64 ? SymbolCoding.BulkRans : SymbolCoding.Rans64;
        Assert.NotEqual(CodingStatus.Ok, SymbolCoder.Decode(other, writer.WrittenMemory, tables, set, back, CheckMode.Check31, [7, 8]));
    }

    [Fact]
    public void PreciseTablesAlwaysTakeTheCoderThatCanUseThem()
    {
        Assert.Equal(SymbolCoding.Rans64, SymbolCoder.Choose(1 << 20, GaussianTables.Standard));
        Assert.Equal(CodingStatus.InvalidHead, SymbolCoder.Decode(SymbolCoding.BulkRans, new byte[9], new byte[5], GaussianTables.Standard, new short[5]));
    }

    [Fact]
    public void AnUnknownCoderIsAnArgumentError()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SymbolCoder.Decode((SymbolCoding)3, new byte[9], new byte[5], GaussianTables.Bulk, new short[5]));
    }

    [Fact]
    public void LanesGrowWithTheNumberOfSymbols()
    {
        Assert.Equal([4, 4, 8, 8, 16, 16, 32], new[] { 0, 16383, 16384, 131071, 131072, 1048575, 1048576 }.Select(BulkRans.DefaultLanes));
    }
}
