using System.Buffers;
using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container;

public class VarintTests
{
    // Values and bytes from RFC 9000, appendix A.1, and the edges of each length.
    [Theory]
    [InlineData(151288809941952652, "c2197c5eff14e88c")]
    [InlineData(494878333, "9d7f3e7d")]
    [InlineData(15293, "7bbd")]
    [InlineData(37, "25")]
    [InlineData(0, "00")]
    [InlineData(63, "3f")]
    [InlineData(64, "4040")]
    [InlineData(16383, "7fff")]
    [InlineData(16384, "80004000")]
    [InlineData(1073741823, "bfffffff")]
    [InlineData(1073741824, "c000000040000000")]
    [InlineData(4611686018427387903, "ffffffffffffffff")]
    public void KnownValuesHaveKnownBytes(long value, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Write((ulong)value)));
        Assert.Equal((ulong)value, Read(Convert.FromHexString(hex)));
    }

    [Theory]
    [InlineData("4025")]
    [InlineData("80000025")]
    [InlineData("80003fff")]
    [InlineData("c000000000000025")]
    [InlineData("c00000003fffffff")]
    public void LongerFormsThanNeededAreRefusedWithTheirOffset(string hex)
    {
        InvalidBitstreamException error = Assert.Throws<InvalidBitstreamException>(() => Read(Convert.FromHexString(hex)));
        Assert.Equal(100, error.Offset);
        Assert.Contains("shortest form", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("40")]
    [InlineData("9d7f3e")]
    [InlineData("c2197c5eff14e8")]
    public void TruncatedFormsAreRefused(string hex) => Assert.Throws<InvalidBitstreamException>(() => Read(Convert.FromHexString(hex)));

    [Fact]
    public void MoreThan62BitsAreTheCallersMistake() => Assert.Throws<ArgumentOutOfRangeException>(() => Write(1UL << 62));

    [Fact]
    public void EveryValueComesBack() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 63]).Sample((bits, shift) => Read(Write(bits >> shift)) == bits >> shift, iter: 20_000);

    private static byte[] Write(ulong value)
    {
        ArrayBufferWriter<byte> output = new();
        Varint.Write(output, value);
        Assert.Equal(Varint.LengthOf(value), output.WrittenCount);
        return output.WrittenSpan.ToArray();
    }

    private static ulong Read(byte[] bytes) => new ByteCursor(bytes, 100, "test").ReadVarint("value");
}
