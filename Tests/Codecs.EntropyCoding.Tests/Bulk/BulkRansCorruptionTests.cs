using CsCheck;

namespace Codecs.EntropyCoding.Tests.Bulk;

public sealed class BulkRansCorruptionTests
{
    [Fact]
    public void EverySingleBitFlipIsNoticed()
    {
        int flips = 0;
        foreach (BulkCase c in Corpus())
        {
            byte[] payload = c.Encode(BulkPaths.Best, new FixedWriter(1 << 14));
            short[] symbols = new short[c.Symbols.Length];
            for (int bit = 0; bit < 8 * payload.Length; bit++, flips++)
            {
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                Array.Fill(symbols, (short)-1);
                Assert.NotEqual(CodingStatus.Ok, c.Decode(payload, BulkPaths.Best, symbols));
                Assert.False(symbols.AsSpan().ContainsAnyExcept((short)0));
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        Assert.True(flips > 20_000);
    }

    [Fact]
    public void EveryTruncationAndEveryAddedByteIsNoticed()
    {
        foreach (BulkCase c in Corpus())
        {
            byte[] payload = c.Encode(BulkPaths.Best, new FixedWriter(1 << 14));
            short[] symbols = new short[c.Symbols.Length];
            for (int length = 0; length < payload.Length + 6; length++)
            {
                byte[] changed = new byte[length];
                payload.AsSpan(0, Math.Min(length, payload.Length)).CopyTo(changed);
                CodingStatus status = c.Decode(changed, BulkPaths.Best, symbols);
                Assert.Equal(length == payload.Length, status == CodingStatus.Ok);
            }
        }
    }

    [Fact]
    public void EveryPathJudgesDamagedPayloadsTheSame()
    {
        BulkCase[] corpus = [.. Corpus()];
        byte[][] payloads = [.. corpus.Select(c => c.Encode(BulkPaths.Best, new FixedWriter(1 << 14)))];
        Gen.Select(Gen.Int[0, corpus.Length - 1], Gen.Int[0, 1 << 20], Gen.Byte, Gen.Bool).Sample(
            (which, at, value, cut) =>
            {
                byte[] damaged = [.. payloads[which]];
                damaged[at % damaged.Length] ^= value;
                damaged = cut ? damaged[..(at % (damaged.Length + 1))] : damaged;
                short[] symbols = new short[corpus[which].Symbols.Length];
                CodingStatus expected = corpus[which].Decode(damaged, BulkPath.Search, symbols);
                return BulkCase.Paths.All(path => corpus[which].Decode(damaged, path, symbols) == expected);
            },
            iter: 5_000);
    }

    [Fact]
    public void RandomPayloadsNeverThrowAndNeverPass()
    {
        BulkCase[] corpus = [.. Corpus()];
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, corpus.Length - 1], Gen.Int[0, 15], Gen.Bool).Sample(
            (payload, which, header, plausible) =>
            {
                // Half of them with a header that leaves lanes to decode.
                if (plausible && payload.Length > 0)
                {
                    payload[0] = (byte)header;
                }

                short[] symbols = new short[corpus[which].Symbols.Length];
                return corpus[which].Decode(payload, BulkPaths.Best, symbols) != CodingStatus.Ok;
            },
            iter: 20_000);
    }

    [Fact]
    public void OtherAssociatedBytesOtherTablesAndAnotherCountFailTheCheck()
    {
        TableSet set = GaussianTables.Bulk;
        short[] symbols = new short[5000];
        byte[] tables = new byte[5000];
        new GaussianSource(8).Fill(set, symbols, tables);
        var writer = new FixedWriter(1 << 14);
        BulkRans.Encode(symbols, tables, set, writer, associated: [1, 2, 3]);
        ReadOnlySpan<byte> payload = writer.Written.Span;
        short[] back = new short[5000];

        Assert.Equal(CodingStatus.Ok, BulkRans.Decode(payload, tables, set, back, associated: [1, 2, 3]));
        Assert.Equal(CodingStatus.CheckFailed, BulkRans.Decode(payload, tables, set, back, associated: [1, 2, 4]));
        Assert.Equal(CodingStatus.CheckFailed, BulkRans.Decode(payload, tables, set, back));
        Assert.NotEqual(CodingStatus.Ok, BulkRans.Decode(payload, tables, set, back, CheckMode.Check16, [1, 2, 3]));
        Assert.NotEqual(CodingStatus.Ok, BulkRans.Decode(payload, tables.AsSpan(1), set, back.AsSpan(1), associated: [1, 2, 3]));
        tables[2500] ^= 1;
        Assert.NotEqual(CodingStatus.Ok, BulkRans.Decode(payload, tables, set, back, associated: [1, 2, 3]));
    }

    // With the full check, so that nothing passes by chance.
    private static IEnumerable<BulkCase> Corpus()
    {
        for (uint seed = 1; seed <= 40; seed++)
        {
            BulkCase c = BulkCase.Random(seed, (int)(seed * 37 % 500));
            yield return new BulkCase
            {
                Pool = c.Pool, Symbols = c.Symbols, Tables = c.Tables, Table = c.Table, Lanes = c.Lanes, Check = CheckMode.Check31, Associated = c.Associated,
            };
        }
    }
}
