using CsCheck;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class RangeCoderCorruptionTests
{
    [Theory]
    [InlineData(CheckMode.Check31)]
    [InlineData(CheckMode.Check16)]
    public void EverySingleBitFlipIsNoticed(CheckMode check)
    {
        int flips = 0;
        int misses = 0;
        foreach (RangeScript script in Corpus())
        {
            byte[] payload = script.Encode(check);
            for (int bit = 0; bit < 8 * payload.Length; bit++)
            {
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                misses += script.Decode(payload, check, out _) == CodingStatus.Ok ? 1 : 0;
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                flips++;
            }
        }

        Assert.True(flips > 8_000);
        Assert.True(misses <= (check == CheckMode.Check31 ? 0 : 1 + flips / 32768), $"{misses} of {flips} flips passed");
    }

    [Theory]
    [InlineData(CheckMode.Check31)]
    [InlineData(CheckMode.Check16)]
    public void EveryTruncationAndEveryAddedByteIsNoticed(CheckMode check)
    {
        int tries = 0;
        int misses = 0;
        foreach (RangeScript script in Corpus())
        {
            byte[] payload = script.Encode(check);
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
    public void NoTwoPayloadsPassWithTheSameContentEvenWithoutACheck()
    {
        foreach (RangeScript script in Corpus())
        {
            byte[] payload = script.Encode(CheckMode.None);
            for (int bit = 8 * Math.Max(0, payload.Length - 6); bit < 8 * payload.Length; bit++)
            {
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                CodingStatus status = script.Decode(payload, CheckMode.None, out bool same);
                payload[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.False(status == CodingStatus.Ok && same);
            }
        }
    }

    [Fact]
    public void RandomPayloadsNeverThrowAndNeverPass()
    {
        RangeScript[] scripts = [.. Corpus()];
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[0, scripts.Length - 1], Gen.Int[0, 2].Select(m => (CheckMode)m)).Sample(
            (payload, script, check) =>
            {
                CodingStatus status = scripts[script].Decode(payload, check, out _);
                return status != CodingStatus.Ok || check != CheckMode.Check31;
            },
            iter: 10_000);
    }

    [Fact]
    public void AfterAFaultEverythingIsZeroAndTheFirstFaultStays()
    {
        TableSet set = PlainTable.ToSet(8, [new PlainTable(5, [0, 100, 255, 256])]);
        byte[] payload = [0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF1];
        var decoder = new RangeDecoder(payload, CheckMode.None, set);
        Assert.Equal(CodingStatus.Ok, decoder.Status);
        Assert.Equal(0, decoder.Next(1));
        Assert.Equal(CodingStatus.InvalidTable, decoder.Status);
        short[] symbols = [7, 7, 7];
        decoder.Decode(0, symbols);
        Assert.Equal([0, 0, 0], symbols);
        decoder.Decode([0, 0, 0], symbols);
        var context = new BinaryContext(4, 4);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(0u, decoder.Raw(32));
            Assert.Equal(0, decoder.Bit(ref context));
        }

        Assert.Equal(CodingStatus.InvalidTable, decoder.Finish());
    }

    [Fact]
    public void FirstBytesThatNoEncoderWritesAreRefused()
    {
        var decoder = new RangeDecoder(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1 }, CheckMode.None);
        Assert.Equal(CodingStatus.InvalidHead, decoder.Status);
        Assert.Equal(0u, decoder.Raw(32));
        Assert.Equal(CodingStatus.InvalidHead, decoder.Finish());
        Assert.Equal(CodingStatus.Ok, new RangeDecoder(new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, CheckMode.None).Status);
    }

    [Fact]
    public void EscapesOutOfRangeAreRefused()
    {
        // Table of two symbols; behind the escape the 5 raw bits announce 0, 18 or 31 bits, or 17 bits that leave the symbols' range.
        TableSet set = PlainTable.ToSet(1, [new PlainTable(0, [0, 1, 2])]);
        foreach ((uint length, uint rest) in ((uint, uint)[])[(0, 0), (18, 0), (31, 0), (17, 0xFFFF)])
        {
            var writer = new FixedWriter(64);
            var encoder = new RangeEncoder(writer);
            encoder.PushRaw(1, 1);
            encoder.PushRaw(length, 5);
            encoder.PushRaw(rest, 16);
            encoder.Finish(CheckMode.None);
            var decoder = new RangeDecoder(writer.Written, CheckMode.None, set);
            Assert.Equal(0, decoder.Next(0));
            Assert.Equal(CodingStatus.LimitExceeded, decoder.Finish());
        }
    }

    [Fact]
    public void BoundBytesAndTheirPlaceAreChecked()
    {
        Assert.Equal(CodingStatus.Ok, DecodeBound([1, 2], []));
        Assert.Equal(CodingStatus.CheckFailed, DecodeBound([1, 3], []));
        Assert.Equal(CodingStatus.CheckFailed, DecodeBound([], [1, 2]));
    }

    private static CodingStatus DecodeBound(byte[] before, byte[] behind)
    {
        var writer = new FixedWriter(64);
        var encoder = new RangeEncoder(writer);
        encoder.Bind([1, 2]);
        encoder.PushRaw(77, 7);
        encoder.Finish(CheckMode.Check31);
        var decoder = new RangeDecoder(writer.Written, CheckMode.Check31);
        decoder.Bind(before);
        Assert.Equal(77u, decoder.Raw(7));
        decoder.Bind(behind);
        return decoder.Finish();
    }

    private static IEnumerable<RangeScript> Corpus()
    {
        for (uint seed = 1; seed <= 24; seed++)
        {
            yield return RangeScript.Random(seed, (int)(seed % 14) + 1, (int)(seed * seed % 200));
        }
    }
}
