using CsCheck;

namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkRansRoundTripTests
{
    [Fact]
    public void EveryPathGivesTheSameBytesAndTheSymbolsBack()
    {
        var writer = new FixedWriter(1 << 16);
        short[] back = new short[1 << 12];
        Gen.Select(Gen.UInt, Gen.OneOf(Gen.Int[0, 70], Gen.Int[0, 1000])).Sample(
            (seed, length) =>
            {
                BulkCase c = BulkCase.Random(seed, length);
                byte[]? first = null;
                foreach (BulkPath path in BulkCase.Paths)
                {
                    byte[] payload = c.Encode(path, writer);
                    first ??= payload;
                    Span<short> decoded = back.AsSpan(0, length);
                    decoded.Fill(-1);
                    if (!payload.AsSpan().SequenceEqual(first) || c.Decode(payload, path, decoded) != CodingStatus.Ok || !decoded.SequenceEqual(c.Symbols))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 10_000,
            threads: 1);
    }

    [Fact]
    public void EveryPayloadIsThatOfTheUnboundedReference()
    {
        var writer = new FixedWriter(1 << 16);
        Gen.Select(Gen.UInt, Gen.OneOf(Gen.Int[0, 70], Gen.Int[0, 700])).Sample(
            (seed, length) =>
            {
                BulkCase c = BulkCase.Random(seed, length);
                return c.Encode(BulkPaths.Best, writer).AsSpan().SequenceEqual(ReferenceBulkRans.Encode(c));
            },
            iter: 600,
            threads: 1);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void EveryNumberOfSymbolsAroundTheGroupsComesBack(int lanes)
    {
        TableSet set = GaussianTables.Bulk;
        var source = new GaussianSource((ulong)lanes);
        var writer = new FixedWriter(1 << 19);
        int[] counts = [.. Enumerable.Range(0, 3 * lanes + 2), .. Enumerable.Range(20 * lanes - 1, 3), 4095, 65_536, 100_000, 100_001];
        foreach (int count in counts)
        {
            short[] symbols = new short[count];
            byte[] tables = new byte[count];
            short[] back = new short[count];
            source.Fill(set, symbols, tables);
            writer.Clear();
            BulkRans.Encode(symbols, tables, set, writer, lanes: lanes);
            Assert.Equal(CodingStatus.Ok, BulkRans.Decode(writer.Written.Span, tables, set, back));
            Assert.Equal(symbols, back);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    public void EveryEscapedMagnitudeComesBack(int precision)
    {
        int quarter = 1 << (precision - 2);
        var set = PlainTable.ToSet(precision, [new PlainTable(-2, [0, quarter, quarter + 1, 3 * quarter, 4 * quarter - 9, 4 * quarter])]);
        short[] magnitudes = [.. Enumerable.Range(0, 16).SelectMany(b => Enumerable.Range(-1, 3).Select(d => Math.Min((1 << b) + d, 32767)))
            .SelectMany(v => new[] { (short)v, (short)-v })];
        short[] symbols = [.. Enumerable.Repeat(magnitudes, 20).SelectMany(v => v)];
        short[] back = new short[symbols.Length];
        var writer = new FixedWriter(1 << 16);
        foreach (BulkPath path in BulkCase.Paths)
        {
            writer.Clear();
            BulkRans.Encode(symbols, 0, set, writer, CheckMode.Check31, [], 16, path);
            Assert.Equal(CodingStatus.Ok, BulkRans.Decode(writer.Written.Span, 0, set, back, CheckMode.Check31, [], path));
            Assert.Equal(symbols, back);
        }
    }

    [Fact]
    public void SymbolsThatCostNextToNothingGoIntoTheTail()
    {
        // 30 000 symbols of 0.0001 bit cannot fill the start values of the lanes, so no lane is used.
        var set = PlainTable.ToSet(14, [new PlainTable(0, [0, 16383, 16384])]);
        short[] symbols = new short[30_000];
        short[] back = new short[symbols.Length];
        var writer = new FixedWriter(64);
        BulkRans.Encode(symbols, 0, set, writer, lanes: 32);
        Assert.InRange(writer.Count, 1, 10);
        Assert.Equal(CodingStatus.Ok, BulkRans.Decode(writer.Written.Span, 0, set, back));
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void TablesBeyondThoseThatBytesReachWork()
    {
        PlainTable[] plain = [.. Enumerable.Range(0, 300).Select(t => new PlainTable(0, [0, 1 + t, 2000, 4096]))];
        TableSet set = PlainTable.ToSet(12, plain);
        short[] symbols = [.. Enumerable.Range(0, 2000).Select(i => (short)(i % 3))];
        short[] back = new short[symbols.Length];
        var writer = new FixedWriter(1 << 14);
        foreach (int table in new[] { 0, 255, 256, 299 })
        {
            writer.Clear();
            BulkRans.Encode(symbols, table, set, writer, lanes: 16);
            Assert.Equal(CodingStatus.Ok, BulkRans.Decode(writer.Written.Span, table, set, back));
            Assert.Equal(symbols, back);
        }
    }
}
