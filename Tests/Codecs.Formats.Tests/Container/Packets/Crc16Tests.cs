using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container.Packets;

public class Crc16Tests
{
    [Fact]
    public void CheckValueOfTheStandardIsReached() => Assert.Equal(0x906E, Crc16.Compute("123456789"u8));

    [Fact]
    public void NoBytesGiveZero() => Assert.Equal(0, Crc16.Compute([]));

    [Fact]
    public void AppendingPiecesEqualsComputingTheWholeAtEverySplit()
    {
        byte[] data = [.. Enumerable.Range(0, 41).Select(i => (byte)(i * 37))];
        ushort whole = Crc16.Compute(data);
        for (int split = 0; split <= data.Length; split++)
        {
            Assert.Equal(whole, Crc16.Append(Crc16.Compute(data.AsSpan(0, split)), data.AsSpan(split)));
        }
    }
}
