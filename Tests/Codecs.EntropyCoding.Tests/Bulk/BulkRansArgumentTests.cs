namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkRansArgumentTests
{
    private static readonly TableSet s_set = GaussianTables.Bulk;

    [Fact]
    public void TheEncoderRefusesWhatItCannotCodeAndWritesNothing()
    {
        var writer = new FixedWriter(1024);
        short[] symbols = new short[100];
        byte[] tables = new byte[100];
        Assert.Throws<ArgumentNullException>(() => BulkRans.Encode(symbols, tables, null!, writer));
        Assert.Throws<ArgumentNullException>(() => BulkRans.Encode(symbols, tables, s_set, null!));
        Assert.Throws<ArgumentException>(() => BulkRans.Encode(symbols, tables, GaussianTables.Standard, writer));
        Assert.Throws<ArgumentException>(() => BulkRans.Encode(symbols, new byte[99], s_set, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => BulkRans.Encode(symbols, 64, s_set, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => BulkRans.Encode(symbols, -1, s_set, writer));
        Assert.Throws<ArgumentOutOfRangeException>(() => BulkRans.Encode(symbols, 0, s_set, writer, lanes: 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => BulkRans.Encode(symbols, 0, s_set, writer, (CheckMode)3));
        symbols[50] = short.MinValue;
        Assert.Throws<ArgumentOutOfRangeException>(() => BulkRans.Encode(symbols, 0, s_set, writer));
        Assert.Equal(0, writer.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(98)]
    [InlineData(99)]
    public void AnIndexWithoutATableIsNoticedWhereverItStands(int at)
    {
        short[] symbols = new short[100];
        byte[] tables = new byte[100];
        Array.Fill(tables, (byte)63);
        var writer = new FixedWriter(1024);
        BulkRans.Encode(symbols, tables, s_set, writer);
        Assert.Equal(CodingStatus.Ok, BulkRans.Decode(writer.Written.Span, tables, s_set, symbols));

        tables[at] = 64;
        Array.Fill(symbols, (short)5);
        Assert.Equal(CodingStatus.InvalidTable, BulkRans.Decode(writer.Written.Span, tables, s_set, symbols));
        Assert.All(symbols, s => Assert.Equal(0, s));
        Assert.Equal(CodingStatus.InvalidTable, BulkRans.Decode(writer.Written.Span, 64, s_set, symbols));
        Assert.Equal(CodingStatus.InvalidTable, BulkRans.Decode(writer.Written.Span, -1, s_set, symbols));
        Assert.Throws<ArgumentException>(() => BulkRans.Encode(symbols, tables, s_set, writer));
    }

    [Fact]
    public void TheDecoderRefusesWhatItsCallerGotWrong()
    {
        Assert.Throws<ArgumentNullException>(() => BulkRans.Decode([0], 0, null!, new short[1]));
        Assert.Throws<ArgumentException>(() => BulkRans.Decode([0], 0, GaussianTables.Standard, new short[1]));
        Assert.Throws<ArgumentException>(() => BulkRans.Decode([0], new byte[2], s_set, new short[1]));
    }
}
