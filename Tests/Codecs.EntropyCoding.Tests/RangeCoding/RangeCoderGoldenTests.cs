using System.Security.Cryptography;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

/// <summary>Payloads of fixed inputs. A mismatch is a break of the file format, never a reason to refresh the bytes.</summary>
public sealed class RangeCoderGoldenTests
{
    private static readonly TableSet s_tables = PlainTable.ToSet(14, [new PlainTable(-2, [0, 500, 3000, 13000, 15900, 16300, 16384]), new PlainTable(0, [0, 16000, 16383, 16384])]);

    [Theory]
    [InlineData(0, CheckMode.None, "")]
    [InlineData(0, CheckMode.Check31, "94c1dce4")]
    [InlineData(1, CheckMode.Check16, "62c4")]
    [InlineData(5, CheckMode.None, "a8")]
    [InlineData(40, CheckMode.Check31, "89c0d8774847f9c3")]
    public void ShortPayloadsOfTableSymbolsKeepTheirBytes(int count, CheckMode check, string hex)
    {
        short[] symbols = new short[count];
        byte[] tables = new byte[count];
        new GaussianSource((ulong)count).Fill(s_tables, symbols, tables);
        var writer = new FixedWriter(1 << 10);
        var encoder = new RangeEncoder(writer, s_tables);
        encoder.Push(symbols, tables);
        encoder.Finish(check);
        Assert.Equal(hex, Hex(writer));
    }

    [Fact]
    public void EscapesAndRawBitsKeepTheirBytes()
    {
        var writer = new FixedWriter(128);
        var encoder = new RangeEncoder(writer, s_tables);
        encoder.Push([0, -1, 500, -32767, 32767], [0, 1, 0, 1, 1]);
        encoder.PushRaw(0xDEADBEEF, 32);
        encoder.PushRaw(1, 1);
        encoder.Finish(CheckMode.Check31);
        Assert.Equal("cb1d7606bfab510b48f070e2d36f771e4e7ca6ba6513", Hex(writer));
    }

    [Fact]
    public void AdaptiveBitsKeepTheirBytes()
    {
        var writer = new FixedWriter(1 << 10);
        var encoder = new RangeEncoder(writer);
        BinaryContext[] contexts = [default, new BinaryContext(5, 8), new BinaryContext(2, 10)];
        var source = new GaussianSource(21);
        for (int i = 0; i < 300; i++)
        {
            int context = source.Next(3);
            encoder.PushBit(ref contexts[context], source.Next(10) <= context ? 1 : 0);
        }

        encoder.Finish(CheckMode.Check16);
        Assert.Equal("539fa406a4d3b346118bcc86447fecc78b37e57f7b225c8a8936e0fd11", Hex(writer));
    }

    [Fact]
    public void MixedBitsKeepTheirHash()
    {
        var writer = new FixedWriter(1 << 14);
        var encoder = new RangeEncoder(writer);
        var contexts = new BinaryContext[24];
        var mixer = new LogisticMixer(3, weightSets: 2, refinements: 8);
        var source = new GaussianSource(22);
        for (int i = 0; i < 20_000; i++)
        {
            (int a, int b) = (source.Next(8), source.Next(8));
            mixer.Select(i & 1, a);
            encoder.PushBit(mixer, contexts, [a, 8 + b, 16 + ((a + b) & 7)], source.Next(16) <= a + b ? 1 : 0);
        }

        encoder.Finish(CheckMode.Check31);
        Assert.Equal("b2ef669eef37dcb3c0627723cf010a251d36f7fef71b58adaa34dc5a018c8dfe", Convert.ToHexStringLower(SHA256.HashData(writer.Written.Span)));
    }

    [Fact]
    public void BinarisedNumbersKeepTheirBytes()
    {
        var writer = new FixedWriter(1 << 10);
        var encoder = new RangeEncoder(writer);
        var number = new ExpGolombModel(1, 1000);
        var signed = new SignedIntegerModel();
        var tree = new IndexTreeModel(37);
        foreach (int value in (int[])[0, 1, 0, 2, 14, 15, 16, 0, 1, 500, 1000, 3, 2, 1])
        {
            number.Encode(encoder, value);
            signed.Encode(encoder, value);
            signed.Encode(encoder, -value * value);
            tree.Encode(encoder, value % 37);
        }

        encoder.Finish(CheckMode.Check16);
        Assert.Equal("00429736f1005c4780cf52053ec78764c676a6ffb1fff6095929eb5c2e3fd961f0457574686ccd935e36a1d053893a178f29ec7c3585", Hex(writer));
    }

    private static string Hex(FixedWriter writer) => Convert.ToHexStringLower(writer.Written.Span);
}
