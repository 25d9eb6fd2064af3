using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

public class Crc32CTests
{
    [Fact]
    public void CheckValueOfTheStandardIsReached() => Assert.Equal(0xE3069283, Crc32C.Compute("123456789"u8));

    [Fact]
    public void NoBytesGiveZero() => Assert.Equal(0u, Crc32C.Compute([]));

    [Fact]
    public void AppendingPiecesEqualsComputingTheWholeAtEverySplit()
    {
        byte[] data = [.. Enumerable.Range(0, 41).Select(i => (byte)(i * 37))];
        uint whole = Crc32C.Compute(data);
        for (int split = 0; split <= data.Length; split++)
        {
            Assert.Equal(whole, Crc32C.Append(Crc32C.Compute(data.AsSpan(0, split)), data.AsSpan(split)));
        }
    }
}
