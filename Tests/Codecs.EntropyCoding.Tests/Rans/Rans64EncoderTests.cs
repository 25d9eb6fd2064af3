using System.Buffers;

namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64EncoderTests
{
    [Fact]
    public void AFailedPushLeavesTheEncoderAsItWas()
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        encoder.Push([1, 2], [10, 11]);
        byte[] expected = Finish(encoder);

        encoder.Push([1, 2], [10, 11]);
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push([3, short.MinValue], [10, 10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push([3, 4], [10, 64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push([3, short.MinValue], 10));
        Assert.Throws<ArgumentException>(() => encoder.Push([3, 4], [10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push(32768, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Push(0, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushRaw(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushRaw(0, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.PushRaw(4, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Finish((CheckMode)7, new ArrayBufferWriter<byte>()));
        Assert.Throws<ArgumentNullException>(() => encoder.Tables = null!);
        Assert.Equal(expected, Finish(encoder));
    }

    [Fact]
    public void TheEncoderIsEmptyAfterFinish()
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        byte[] empty = Finish(encoder);
        encoder.Push([1, 2, 3], [10, 11, 12]);
        Assert.NotEqual(empty, Finish(encoder));
        Assert.Equal(empty, Finish(encoder));
    }

    private static byte[] Finish(Rans64Encoder encoder)
    {
        var writer = new ArrayBufferWriter<byte>();
        encoder.Finish(CheckMode.Check31, writer);
        return writer.WrittenSpan.ToArray();
    }
}
