using System.Buffers;
using Codecs.EntropyCoding.Interop;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Interop;

public sealed class CompressAiCoderTests
{
    private static readonly PlainTable s_plainA = new(0, [0, 16384, 49152, 62259, 65536]);
    private static readonly TableSet s_one = PlainTable.ToSet(16, [s_plainA]);
    private static readonly TableSet s_two = PlainTable.ToSet(16, [s_plainA with { Offset = -1 }, new PlainTable(0, [0, 32768, 65000, 65536])]);

    [Theory]
    [InlineData(new int[0], "0000008000000000")]
    [InlineData(new[] { 0, 1, 2 }, "9a19160014000000")]
    [InlineData(new[] { 0, 1, 2, 3, -1, 100, -70000 }, "ab3136d13000000040f60fa6d3f3a9a2")]
    public void TheVectorsOfOneTableAreMetBothWays(int[] symbols, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Encode(symbols, new int[symbols.Length], s_one)));
        Check(hex, symbols, new int[symbols.Length], s_one);
    }

    [Fact]
    public void TheVectorOfTwoTablesIsMetBothWays()
    {
        int[] symbols = [0, 5, -3, 1];
        int[] indexes = [0, 1, 0, 1];
        Assert.Equal("19bfc57875c76b13", Convert.ToHexStringLower(Encode(symbols, indexes, s_two)));
        Check("19bfc57875c76b13", symbols, indexes, s_two);
    }

    [Fact]
    public void AnySymbolsComeBack()
    {
        Gen.Select(Gen.OneOf(Gen.Int[-5, 5], Gen.Int[-400_000, 400_000], Gen.Int[-(1 << 27) + 8, (1 << 27) - 8]), Gen.Int[0, 1]).Array[0, 200].Sample(
            pairs =>
            {
                int[] symbols = [.. pairs.Select(p => p.Item1)];
                int[] indexes = [.. pairs.Select(p => p.Item2)];
                int[] back = new int[symbols.Length];
                return CompressAiCoder.Decode(Encode(symbols, indexes, s_two), indexes, s_two, back) == CodingStatus.Ok
                    && back.AsSpan().SequenceEqual(symbols);
            },
            iter: 500);
    }

    [Fact]
    public void TablesLargerThanTheBucketIndexWork()
    {
        // A Gaussian of the zoo's largest scale: more than three thousand symbols.
        TableSet set = GaussianTables.Build([256L << 48], 16, 32767);
        Assert.Equal(2 * 1565 + 2, set.SymbolCount(0));
        int[] symbols = [.. Enumerable.Range(-1600, 3201)];
        Check(Convert.ToHexStringLower(Encode(symbols, new int[symbols.Length], set)), symbols, new int[symbols.Length], set);
    }

    [Fact]
    public void TheHazardsOfTheReferenceAreErrors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([(1 << 27) + 3], [0], s_one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([-(1 << 27) - 1], [0], s_one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([int.MinValue], [0], s_one));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode([0], [1], s_one));
        Assert.Throws<ArgumentException>(() => Encode([0], [], s_one));
        Assert.Throws<ArgumentException>(() => Encode([0], [0], PlainTable.ToSet(8, [new PlainTable(0, [0, 1, 256])])));
        Assert.Throws<ArgumentException>(() => PlainTable.ToSet(16, [new PlainTable(0, [0, 65536])]));
        Assert.Equal(8, Encode([1], [0], s_one).Length);
    }

    [Theory]
    [InlineData("9a1916001400", CodingStatus.Truncated)]
    [InlineData("9a191600140000", CodingStatus.Truncated)]
    [InlineData("9a1916001400000000", CodingStatus.InvalidHead)]
    [InlineData("9a19160000000000", CodingStatus.InvalidHead)]
    [InlineData("9a19160014000080", CodingStatus.InvalidHead)]
    [InlineData("9a1916001400000000000000", CodingStatus.TrailingData)]
    [InlineData("9a19160015000000", CodingStatus.CheckFailed)]
    [InlineData("00000080ff7f0000", CodingStatus.CheckFailed)]
    public void DamagedStringsHaveAStatus(string hex, CodingStatus expected)
    {
        Assert.Equal(expected, CompressAiCoder.Decode(Convert.FromHexString(hex), new int[3], s_one, new int[3]));
    }

    [Fact]
    public void CutStringsAreTruncatedAndUnknownIndexesHaveAStatus()
    {
        byte[] whole = Convert.FromHexString("ab3136d13000000040f60fa6d3f3a9a2");
        int[] symbols = new int[7];
        Assert.NotEqual(CodingStatus.Ok, CompressAiCoder.Decode(whole.AsSpan(0, 12), new int[7], s_one, symbols));
        Assert.NotEqual(CodingStatus.Ok, CompressAiCoder.Decode(whole.AsSpan(0, 8), new int[7], s_one, symbols));
        Assert.Equal(CodingStatus.InvalidTable, CompressAiCoder.Decode(whole, [0, 1, 0, 0, 0, 0, 0], s_one, symbols));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0], symbols);
    }

    [Fact]
    public void RandomStringsNeverThrow()
    {
        int[] indexes = new int[50];
        int[] symbols = new int[50];
        Gen.Byte.Array[0, 64].Sample(payload => { CompressAiCoder.Decode(payload, indexes, s_one, symbols); }, iter: 20_000, threads: 1);
    }

    private static byte[] Encode(int[] symbols, int[] indexes, TableSet set)
    {
        var writer = new ArrayBufferWriter<byte>();
        int written = CompressAiCoder.Encode(symbols, indexes, set, writer);
        Assert.Equal(written, writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }

    private static void Check(string hex, int[] symbols, int[] indexes, TableSet set)
    {
        int[] back = new int[symbols.Length];
        Assert.Equal(CodingStatus.Ok, CompressAiCoder.Decode(Convert.FromHexString(hex), indexes, set, back));
        Assert.Equal(symbols, back);
    }
}
