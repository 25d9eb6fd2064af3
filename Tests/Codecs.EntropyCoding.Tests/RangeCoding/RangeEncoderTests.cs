using System.Buffers;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class RangeEncoderTests
{
    private static readonly TableSet s_tables = PlainTable.ToSet(14, [new PlainTable(-1, [0, 100, 16000, 16300, 16384])]);

    [Fact]
    public void MistakesOfTheCallerAreArgumentErrorsAndLeaveTheEncoderAsItWas()
    {
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer, s_tables);
        var context = new BinaryContext(4, 7);
        encoder.Push(1, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push([0, -32768], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push([0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => encoder.Push([0, 0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push(32768, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushRaw(8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushRaw(0, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushBit(ref context, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushBit(new LogisticMixer(1), new BinaryContext[1], [0], -1));
        Assert.Throws<ArgumentException>(() => encoder.PushBit(new LogisticMixer(2), new BinaryContext[1], [0], 1));
        Assert.Throws<IndexOutOfRangeException>(() => encoder.PushBit(new LogisticMixer(1), new BinaryContext[1], [1], 1));
        Assert.Throws<ArgumentException>(() => encoder.Tables = GaussianTables.Standard);
        Assert.Throws<ArgumentException>(() => new RangeDecoder(default, CheckMode.None, GaussianTables.Standard));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeDecoder(default, (CheckMode)3));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Finish((CheckMode)3));
        Assert.Throws<InvalidOperationException>(() => new RangeEncoder(writer).Push(0, 0));
        Assert.Throws<InvalidOperationException>(() => new RangeDecoder(default, CheckMode.None).Next(0));
        Assert.Throws<InvalidOperationException>(() => encoder.Destination = writer);
        encoder.Finish(CheckMode.Check31);

        var decoder = new RangeDecoder(writer.WrittenMemory, CheckMode.Check31, s_tables);
        Assert.Equal(1, decoder.Next(0));
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void FinalBytesLeaveEarlyAndFlushingChangesNothing()
    {
        var live = new ArrayBufferWriter<byte>();
        var whole = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(live, s_tables);
        var other = new RangeEncoder(whole, s_tables);
        var random = new Random(3);
        for (int i = 1; i <= 1000; i++)
        {
            uint value = (uint)random.Next(1 << 16);
            encoder.PushRaw(value, 16);
            other.PushRaw(value, 16);
            encoder.Flush();

            // 2 bytes each; the window of 4 and the held bytes (random data: few) stay inside.
            Assert.InRange(live.WrittenCount, 2 * i - 8, 2 * i);
            Assert.InRange(whole.WrittenCount, 2 * i - 8 - 256, 2 * i);
        }

        Assert.Equal(live.WrittenCount + 4, encoder.Finish(CheckMode.Check31), 6.0);
        other.Finish(CheckMode.Check31);
        Assert.Equal(whole.WrittenSpan.ToArray(), live.WrittenSpan.ToArray());
    }

    [Fact]
    public void AFinishedEncoderStartsTheNextPayloadAfresh()
    {
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer, s_tables);
        long first = Encode();
        long second = Encode();
        Assert.Equal(first, second);
        Assert.Equal(writer.WrittenSpan[..(int)first].ToArray(), writer.WrittenSpan[(int)first..].ToArray());

        long Encode()
        {
            encoder.Push([0, 1, 900, -7], 0);
            encoder.PushRaw(5, 3);
            return encoder.Finish(CheckMode.Check16);
        }
    }
}
