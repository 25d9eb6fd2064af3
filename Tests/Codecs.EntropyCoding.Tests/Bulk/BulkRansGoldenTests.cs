using System.Security.Cryptography;

namespace Codecs.EntropyCoding.Tests.Bulk;

/// <summary>Payloads of fixed inputs. A mismatch is a break of the file format, never a reason to refresh the bytes.</summary>
public sealed class BulkRansGoldenTests
{
    [Theory]
    [InlineData(0, 4, CheckMode.Check31, "00c294d3b8")]
    [InlineData(1, 32, CheckMode.Check16, "03d6a405")]
    [InlineData(40, 4, CheckMode.Check31, "18b87a365a263d1225cc49c0b2071a00af374f425c9ff1cd8a15")]
    [InlineData(60, 8, CheckMode.None, "1596a49bb3d56454fd971271237bda4ba375543a54db55759d224c8d1ed91cfa02f128")]
    public void ShortPayloadsKeepTheirBytes(int count, int lanes, CheckMode check, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(GaussianTables.Bulk, count, lanes, check)));
    }

    [Theory]
    [InlineData(4, "66a3a09187054dd28bebb0abb3a25ffbfddff1d78003d4f05ad41bc2e21701f6")]
    [InlineData(8, "a6f564af87e42fc484cd49a12486c7b9ec39ff8084edca9ae2d19f360e949b87")]
    [InlineData(16, "8f5fc26222594e1fd5064cc8a238c1fc7d5ef04f205afb3f19045c2c66c2c4b3")]
    [InlineData(32, "f67fee7b5473e46e60f68e4093c311f08c67c2d64dd189ca3b0e1b80cd99713c")]
    public void LongPayloadsKeepTheirHash(int lanes, string hash)
    {
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encode(GaussianTables.Bulk, 50_000, lanes, CheckMode.Check31))));
    }

    [Fact]
    public void EscapesAndAssociatedBytesKeepTheirBytes()
    {
        var set = PlainTable.ToSet(12, [new PlainTable(-1, [0, 100, 4000, 4090, 4096])]);
        short[] symbols = [.. Enumerable.Range(0, 64).Select(i => (short)(i % 7 == 0 ? 1000 * (i - 30) : i % 3 - 1))];
        var writer = new FixedWriter(256);
        BulkRans.Encode(symbols, 0, set, writer, associated: [0x9E, 0x4E], lanes: 4);
        Assert.Equal("08ffeffb0fa29fad8292d0ec4329050732fb03b53fd64e34d0faaf06900860afcf30a0a16cbff1de2dfaffd04b1d8580d075f640fefc7332ccf3aee1afb7836dfe2f5fee", Convert.ToHexStringLower(writer.Written.Span));
    }

    private static byte[] Encode(TableSet set, int count, int lanes, CheckMode check)
    {
        short[] symbols = new short[count];
        byte[] tables = new byte[count];
        new GaussianSource((ulong)count).Fill(set, symbols, tables);
        var writer = new FixedWriter(1 << 17);
        BulkRans.Encode(symbols, tables, set, writer, check, lanes: lanes);
        return writer.Written.ToArray();
    }
}
