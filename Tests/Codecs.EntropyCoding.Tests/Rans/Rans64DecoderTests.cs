using System.Buffers;

namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64DecoderTests
{
    [Theory]
    [InlineData("", CheckMode.Check31, CodingStatus.Truncated)]
    [InlineData("01", CheckMode.Check31, CodingStatus.Truncated)]
    [InlineData("0100", CheckMode.None, CodingStatus.InvalidHead)]
    [InlineData("0000000000000080", CheckMode.None, CodingStatus.InvalidHead)]
    [InlineData("010000000000000000", CheckMode.None, CodingStatus.InvalidHead)]
    [InlineData("01000000ff0011223344", CheckMode.Check31, CodingStatus.InvalidHead)]
    [InlineData("01000000ff11223344", CheckMode.Check31, CodingStatus.Ok)]
    public void HeadsAreChecked(string hex, CheckMode check, CodingStatus expected)
    {
        Assert.Equal(expected, new Rans64Decoder(Convert.FromHexString(hex), GaussianTables.Standard, check).Status);
    }

    [Fact]
    public void UnreadWordsAreTrailingData()
    {
        var decoder = new Rans64Decoder(Convert.FromHexString("01000000ff11223344"), GaussianTables.Standard, CheckMode.Check31);
        Assert.Equal(CodingStatus.TrailingData, decoder.Finish());
        Assert.Equal(CodingStatus.TrailingData, decoder.Finish());
    }

    [Fact]
    public void ReadingOnAfterTheEndIsTruncatedAndGivesZeros()
    {
        byte[] payload = Encode([1, 2, 3], 20);
        var decoder = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
        short[] symbols = new short[100];
        byte[] tables = new byte[100];
        Array.Fill(tables, (byte)20);
        decoder.Decode(tables, symbols);
        Assert.Equal(CodingStatus.Truncated, decoder.Status);
        Assert.Equal(new short[] { 1, 2, 3 }, symbols[..3]);
        Assert.Equal(0, symbols[^1]);
        Assert.Equal(0, decoder.Next(20));
        Assert.Equal(0u, decoder.Raw(32));
        Assert.Equal(CodingStatus.Truncated, decoder.Finish());
    }

    [Fact]
    public void AnIndexWithoutATableIsAStatusAndStays()
    {
        byte[] payload = Encode([1, 2, 3], 20);
        var decoder = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
        short[] symbols = [9, 9, 9];
        decoder.Decode([20, 64, 20], symbols);
        Assert.Equal(new short[] { 1, 0, 0 }, symbols);
        Assert.Equal(CodingStatus.InvalidTable, decoder.Finish());
        var single = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
        Assert.Equal(0, single.Next(-1));
        Assert.Equal(CodingStatus.InvalidTable, single.Status);
    }

    [Theory]
    [InlineData(0u, 0u, 0)]
    [InlineData(18u, 0u, 0)]
    [InlineData(31u, 0u, 0)]
    [InlineData(17u, 65535u, 16)]
    [InlineData(17u, 65534u, 16)]
    [InlineData(16u, 32767u, 15)]
    public void AnEscapeOutOfRangeIsALimitAndNotAWildValue(uint length, uint low, int bits)
    {
        // One regular value at the very top, so everything above it is out of range. The escape is slot 65535, the same as 16 raw ones.
        TableSet set = PlainTable.ToSet(16, [new PlainTable(32767, [0, 65535, 65536])]);
        using var encoder = new Rans64Encoder(set);
        var writer = new ArrayBufferWriter<byte>();
        encoder.PushRaw(65535, 16);
        encoder.PushRaw(length, 5);
        if (bits > 0)
        {
            encoder.PushRaw(low, bits);
        }

        for (int i = 0; i < 8; i++)
        {
            encoder.PushRaw(0, 16);
        }

        encoder.Finish(CheckMode.Check31, writer);

        var decoder = new Rans64Decoder(writer.WrittenMemory, set, CheckMode.Check31);
        Assert.Equal(0, decoder.Next(0));
        Assert.Equal(CodingStatus.LimitExceeded, decoder.Status);
        var block = new Rans64Decoder(writer.WrittenMemory, set, CheckMode.Check31);
        short[] symbol = [7];
        block.Decode([0], symbol);
        Assert.Equal(0, symbol[0]);
        Assert.Equal(CodingStatus.LimitExceeded, block.Finish());
    }

    [Fact]
    public void CallerMistakesAreArgumentErrors()
    {
        var decoder = new Rans64Decoder(Encode([1], 20), GaussianTables.Standard, CheckMode.Check31);
        Assert.Throws<ArgumentException>(() => decoder.Decode(new byte[2], new short[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Raw(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Raw(33));
        Assert.Throws<ArgumentNullException>(() => decoder.Tables = null!);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rans64Decoder(default, GaussianTables.Standard, (CheckMode)9));
        Assert.Equal(1, decoder.Next(20));
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    private static byte[] Encode(short[] symbols, int table)
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        var writer = new ArrayBufferWriter<byte>();
        encoder.Push(symbols, table);
        encoder.Finish(CheckMode.Check31, writer);
        return writer.WrittenSpan.ToArray();
    }
}
