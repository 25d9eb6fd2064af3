using CsCheck;

namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64CorruptionTests
{
    [Theory]
    [InlineData(CheckMode.Check31)]
    [InlineData(CheckMode.Check16)]
    public void EverySingleBitFlipIsNoticed(CheckMode check)
    {
        int flips = 0;
        int misses = 0;
        foreach (CodingScript script in Corpus())
        {
            using var encoder = new Rans64Encoder(GaussianTables.Standard);
            byte[] payload = script.Encode(encoder, check);
            for (int bit = 0; bit < 8 * payload.Length; bit++)
            {
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                CodingStatus status = script.Decode(payload, check, out _);
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                flips++;
                misses += status == CodingStatus.Ok ? 1 : 0;
            }
        }

        Assert.True(flips > 10_000);
        Assert.True(misses <= (check == CheckMode.Check31 ? 0 : 1 + flips / 32768), $"{misses} of {flips} flips passed");
    }

    [Theory]
    [InlineData(CheckMode.Check31)]
    [InlineData(CheckMode.Check16)]
    public void EveryTruncationAndEveryAddedByteIsNoticed(CheckMode check)
    {
        int tries = 0;
        int misses = 0;
        foreach (CodingScript script in Corpus())
        {
            using var encoder = new Rans64Encoder(GaussianTables.Standard);
            byte[] payload = script.Encode(encoder, check);
            for (int length = 0; length < payload.Length + 6; length++)
            {
                byte[] changed = new byte[length];
                payload.AsSpan(0, Math.Min(length, payload.Length)).CopyTo(changed);
                if (length != payload.Length)
                {
                    tries++;
                    misses += script.Decode(changed, check, out _) == CodingStatus.Ok ? 1 : 0;
                }
            }
        }

        Assert.True(misses <= (check == CheckMode.Check31 ? 0 : 1 + tries / 32768), $"{misses} of {tries} changes passed");
    }

    [Fact]
    public void RandomPayloadsNeverThrowAndNeverPass()
    {
        CodingScript[] scripts = [.. Corpus()];
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[0, scripts.Length - 1], Gen.Int[0, 2].Select(m => (CheckMode)m)).Sample(
            (payload, script, check) =>
            {
                CodingStatus status = scripts[script].Decode(payload, check, out _);
                return status != CodingStatus.Ok || check != CheckMode.Check31;
            },
            iter: 20_000);
    }

    [Fact]
    public void RandomPayloadsDecodeTheSameInBlocksAndOneByOne()
    {
        byte[] tables = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        Gen.Byte.Array[0, 80].Sample(
            payload =>
            {
                var block = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
                var single = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
                short[] symbols = new short[tables.Length];
                Array.Fill(symbols, (short)-1);
                block.Decode(tables, symbols);
                for (int i = 0; i < tables.Length; i++)
                {
                    if (single.Next(tables[i]) != symbols[i])
                    {
                        return false;
                    }
                }

                return block.Status == single.Status && block.Finish() == single.Finish();
            },
            iter: 5_000);
    }

    [Fact]
    public void DamagedRawBitsAreNoticedOnlyThanksToTheHash()
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        var writer = new FixedWriter(64);
        for (uint i = 0; i < 8; i++)
        {
            encoder.PushRaw(0xA5A5 ^ i, 16);
        }

        encoder.Finish(CheckMode.Check31, writer);
        byte[] payload = writer.Written.ToArray();
        payload[0] ^= 1;
        var decoder = new Rans64Decoder(payload, GaussianTables.Standard, CheckMode.Check31);
        for (int i = 0; i < 8; i++)
        {
            decoder.Raw(16);
        }

        // The state came back untouched (no words left, nothing dry): only the seed tells.
        Assert.Equal(CodingStatus.Ok, decoder.Status);
        Assert.Equal(CodingStatus.CheckFailed, decoder.Finish());
    }

    [Fact]
    public void OtherTablesFailTheCheck()
    {
        TableSet other = PlainTable.ToSet(16, [new PlainTable(-1, [0, 20000, 40000, 65000, 65536])]);
        TableSet set = PlainTable.ToSet(16, [new PlainTable(-1, [0, 20001, 40000, 65000, 65536])]);
        short[] symbols = [.. Enumerable.Range(0, 500).Select(i => (short)(i % 3 - 1))];
        using var encoder = new Rans64Encoder(set);
        var writer = new FixedWriter(1024);
        encoder.Push(symbols, 0);
        encoder.Finish(CheckMode.Check31, writer);
        var decoder = new Rans64Decoder(writer.Written, other, CheckMode.Check31);
        decoder.Decode(0, new short[500]);
        Assert.NotEqual(CodingStatus.Ok, decoder.Finish());
    }

    private static IEnumerable<CodingScript> Corpus()
    {
        for (uint seed = 1; seed <= 24; seed++)
        {
            yield return CodingScript.Random(seed, seed % 2 == 0 ? 16 : (int)(seed % 16) + 1, (int)(seed * seed % 200));
        }
    }
}
