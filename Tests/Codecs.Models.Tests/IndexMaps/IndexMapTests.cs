using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Models.Tests.IndexMaps;

public sealed class IndexMapTests
{
    [Fact]
    public void FewerBitsAreThePrefixes() => Gen.Select(MadeUpMaps.Any(IndexMap.MaxBits), Gen.Int[1, IndexMap.MaxBits]).Sample((map, wanted) =>
    {
        int bits = Math.Min(wanted, map.Bits);
        IndexMap coarse = map.Truncate(bits);
        Assert.Equal((map.Rows, map.Columns, bits), (coarse.Rows, coarse.Columns, coarse.Bits));
        Assert.Equal(map.Values.ToArray().Select(v => v >> (map.Bits - bits)), coarse.Values.ToArray().Select(v => (int)v));
    });

    [Theory]
    [InlineData(0, 1, 4, 0)]
    [InlineData(1, 0, 4, 0)]
    [InlineData(-1, -1, 4, 1)]
    [InlineData(2, 3, 4, 5)]
    [InlineData(2, 3, 4, 7)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 17, 1)]
    [InlineData(1 << 20, 1 << 20, 4, 0)]
    public void ImpossibleSizesAreRefused(int rows, int columns, int bits, int values) =>
        Assert.ThrowsAny<ArgumentException>(() => new IndexMap(rows, columns, bits, new ushort[values]));

    [Fact]
    public void AnIndexThatNeedsMoreBitsIsRefused()
    {
        _ = new IndexMap(1, 2, 5, [31, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexMap(1, 2, 5, [0, 32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexMap(1, 1, 5, [3]).Truncate(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexMap(1, 1, 5, [3]).Truncate(0));
    }
}
