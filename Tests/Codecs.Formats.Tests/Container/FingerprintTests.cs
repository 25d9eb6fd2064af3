using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

public class FingerprintTests
{
    private const string AbcHex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static Fingerprint Abc => Fingerprint.Of("abc"u8);

    [Fact]
    public void FingerprintIsSha256() => Assert.Equal(AbcHex, Abc.ToString());

    [Fact]
    public void HexadecimalTextOfEitherCaseComesBack()
    {
        Assert.Equal(Abc, Fingerprint.Parse(AbcHex));
        Assert.Equal(Abc, Fingerprint.Parse(AbcHex.ToUpperInvariant()));
        Assert.False(Fingerprint.TryParse(AbcHex.AsSpan(1), out _));
        Assert.False(Fingerprint.TryParse("z" + AbcHex[1..], out _));
        Assert.Throws<FormatException>(() => Fingerprint.Parse("abc"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(32)]
    public void PrefixMatchesItsFingerprintAndNoOtherThatDiffersInsideIt(int length)
    {
        FingerprintPrefix prefix = Abc.Prefix(length);
        Assert.True(prefix.Matches(Abc));
        Assert.Equal(AbcHex[..(2 * length)], prefix.ToString());
        for (int i = 0; i < Fingerprint.Length; i++)
        {
            byte[] other = Abc.ToArray();
            other[i] ^= 1;
            Assert.Equal(i >= length, prefix.Matches(new Fingerprint(other)));
        }
    }

    [Fact]
    public void EmptyPrefixMatchesNothing() => Assert.False(default(FingerprintPrefix).Matches(Abc));

    [Fact]
    public void TinyPrefixIsTheFirst30BitsWithBit14Forced()
    {
        // ba7816bf >> 2 = 2e9e05af, whose bit 14 is clear.
        Assert.Equal(0x2E9E45AFu, Abc.TinyPrefix);
        FingerprintPrefix tiny = FingerprintPrefix.FromTiny(Abc.TinyPrefix);
        Assert.True(tiny.Matches(Abc));
        Assert.Equal(FingerprintPrefix.TinyBits, tiny.BitLength);
        Assert.Equal(Abc.TinyPrefix, tiny.TinyValue);
        Assert.Equal(Abc.TinyPrefix, Abc.Prefix(8).TinyValue);

        byte[] other = Abc.ToArray();
        other[2] ^= 4;
        Assert.False(tiny.Matches(new Fingerprint(other)));
    }

    [Theory]
    [InlineData(1u << 30 | 0x4000)]
    [InlineData(0x3FFF)]
    [InlineData(0x8000)]
    public void ValuesThatAreNoTinyPrefixAreRefused(uint value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FingerprintPrefix.FromTiny(value));

    [Fact]
    public void WrongLengthsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Fingerprint(new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FingerprintPrefix.FromBytes([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FingerprintPrefix.FromBytes(new byte[33]));
        Assert.Throws<InvalidOperationException>(() => Abc.Prefix(3).TinyValue);
    }
}
