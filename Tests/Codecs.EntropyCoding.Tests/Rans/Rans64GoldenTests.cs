using System.Security.Cryptography;

namespace Codecs.EntropyCoding.Tests.Rans;

/// <summary>Payloads of fixed inputs. A mismatch is a break of the file format, never a reason to refresh the bytes.</summary>
public sealed class Rans64GoldenTests
{
    [Theory]
    [InlineData(0, CheckMode.None, "")]
    [InlineData(0, CheckMode.Check31, "c294d3b8")]
    [InlineData(1, CheckMode.Check16, "498c05")]
    [InlineData(5, CheckMode.None, "4e238658")]
    [InlineData(12, CheckMode.Check16, "f0e3b3870bb1fd6c")]
    [InlineData(40, CheckMode.Check31, "89687421ec86019f2208032041edb44ac76e54aa2d84e4")]
    public void ShortPayloadsKeepTheirBytes(int count, CheckMode check, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(count, check)));
    }

    [Fact]
    public void ALongPayloadKeepsItsHash()
    {
        Assert.Equal("505c6fc196d5d8fd16af2b8c289b9f12cf865bc0b147cb3a134563d9e82a133f", Convert.ToHexStringLower(SHA256.HashData(Encode(50_000, CheckMode.Check31))));
    }

    [Fact]
    public void EscapesRawBitsAndATableChangeKeepTheirBytes()
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        encoder.Push([0, -1, 500, -32767, 32767], [0, 10, 20, 30, 63]);
        encoder.PushRaw(0xDEADBEEF, 32);
        encoder.Tables = PlainTable.ToSet(12, [new PlainTable(-1, [0, 100, 4000, 4090, 4096])]);
        encoder.Push([-1, 0, 0, 1, 2], 0);
        encoder.PushRaw(5, 3);
        var writer = new FixedWriter(128);
        encoder.Finish(CheckMode.Check31, writer);
        Assert.Equal("66ee73f995901009ffff50fcf6fc524befbeadde2bf074bc", Convert.ToHexStringLower(writer.Written.Span));
    }

    private static byte[] Encode(int count, CheckMode check)
    {
        short[] symbols = new short[count];
        byte[] tables = new byte[count];
        new GaussianSource((ulong)count).Fill(GaussianTables.Standard, symbols, tables);
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        encoder.Push(symbols, tables);
        var writer = new FixedWriter(1 << 17);
        encoder.Finish(check, writer);
        return writer.Written.ToArray();
    }
}
