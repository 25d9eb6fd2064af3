namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class BulkTablesTests
{
    [Fact]
    public void SetsWithValuesTooFarApartOrTooManyBitsHaveNone()
    {
        Assert.Null(GaussianTables.Standard.Bulk);
        Assert.NotNull(PlainTable.ToSet(12, [new PlainTable(0, [0, 1, 4096]), new PlainTable(254, [0, 1, 4096])]).Bulk);
        Assert.Null(PlainTable.ToSet(12, [new PlainTable(0, [0, 1, 4096]), new PlainTable(255, [0, 1, 4096])]).Bulk);
        Assert.Null(PlainTable.ToSet(12, [new PlainTable(0, [.. Enumerable.Range(0, 257), 4096])]).Bulk);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void EverySlotAndEveryCodeSaysWhatTheTableSays(int n)
    {
        int total = 1 << n;
        PlainTable[] plain = n == 1
            ? [new PlainTable(5, [0, 1, 2])]
            : [new PlainTable(-100, [0, 1, 2, total - 1, total]), new PlainTable(-98, [0, total - 9, total - 3, total])];
        BulkTables bulk = PlainTable.ToSet(n, plain).Bulk!;
        Assert.Equal(plain[0].Offset, bulk.FirstValue);
        for (int t = 0; t < plain.Length; t++)
        {
            PlainTable table = plain[t];
            for (int code = 0; code < 256; code++)
            {
                int symbol = bulk.FirstValue + code - table.Offset;
                bool escaped = symbol < 0 || symbol >= table.Regular;
                symbol = escaped ? table.Regular : symbol;
                int frequency = table.Cumulative[symbol + 1] - table.Cumulative[symbol];
                Assert.Equal((uint)(frequency << 16 | table.Cumulative[symbol]) | (escaped ? BulkTables.EscapedFlag : 0), bulk.Entries[t << 8 | code]);
            }

            for (int symbol = 0; symbol <= table.Regular; symbol++)
            {
                int code = symbol == table.Regular ? 255 : table.Offset - bulk.FirstValue + symbol;
                for (int slot = table.Cumulative[symbol]; slot < table.Cumulative[symbol + 1]; slot++)
                {
                    if (n <= 12)
                    {
                        uint frequency = (uint)(table.Cumulative[symbol + 1] - table.Cumulative[symbol]);
                        Assert.Equal(frequency << 20 | (uint)(slot - table.Cumulative[symbol]) << 8 | (uint)code, bulk.Packed[(t << n) + slot]);
                    }
                    else
                    {
                        Assert.Equal(code, bulk.Codes[(t << n) + slot]);
                    }
                }
            }
        }
    }
}
