using System.Buffers;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Binary;

public sealed class BinarisationTests
{
    [Fact]
    public void EveryOrderAndLimitOfExpGolombReturnsItsValues()
    {
        Gen.Select(Gen.Int[0, ExpGolombModel.MaxOrder], Gen.OneOf(Gen.Int[0, 40], Gen.Int[0, int.MaxValue], Gen.Const(int.MaxValue)), Gen.Double[0, 1].Array[0, 60]).Sample(
            (order, limit, parts) =>
            {
                int[] values = [0, limit, .. parts.Select((p, i) => (int)((i & 1) == 0 ? limit * p : Math.Min(limit, Math.Pow(limit, p))))];
                var model = new ExpGolombModel(order, limit);
                byte[] payload = Encode(values, model.Encode);
                model.Reset();
                return Decode(payload, values.Length, model.Decode, out int[] back) == CodingStatus.Ok && back.AsSpan().SequenceEqual(values);
            },
            iter: 500);
    }

    [Fact]
    public void EveryLimitOfSignedIntegersReturnsItsValues()
    {
        Gen.Select(Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, int.MaxValue], Gen.Const(int.MaxValue)), Gen.Double[-1, 1].Array[0, 60]).Sample(
            (limit, parts) =>
            {
                int[] values = [0, limit, -limit, .. parts.Select((p, i) => (int)((i & 1) == 0 ? limit * p : Math.Sign(p) * Math.Pow(limit, Math.Abs(p))))];
                var model = new SignedIntegerModel(limit);
                byte[] payload = Encode(values, model.Encode);
                model.Reset();
                return Decode(payload, values.Length, model.Decode, out int[] back) == CodingStatus.Ok && back.AsSpan().SequenceEqual(values);
            },
            iter: 500);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(256)]
    [InlineData(1000)]
    [InlineData(16384)]
    public void EveryIndexOfACodebookReturnsAndTheTreeLearnsItsDistribution(int size)
    {
        int[] values = [.. Enumerable.Range(0, size), .. Enumerable.Repeat(size - 1, 5000)];
        var model = new IndexTreeModel(size);
        byte[] payload = Encode(values, model.Encode);
        model.Reset();
        Assert.Equal(CodingStatus.Ok, Decode(payload, values.Length, model.Decode, out int[] back));
        Assert.Equal(values, back);

        // All indices once at about log2(size) bits each, then nearly nothing.
        Assert.InRange(8 * payload.Length, 0, size * (Math.Ceiling(Math.Log2(size)) + 1) + 1500);
    }

    [Fact]
    public void ContextClassesKeepStatisticsApart()
    {
        var together = new IndexTreeModel(16);
        var apart = new IndexTreeModel(16, contexts: 2);
        int[] values = [.. Enumerable.Range(0, 4000).Select(i => (i & 1) == 0 ? 3 : 12)];
        int joint = Encode(values, together.Encode).Length;
        int at = 0;
        int split = Encode(values, (encoder, value, _) => apart.Encode(encoder, value, at++ & 1)).Length;
        Assert.True(10 * split < joint, $"{split} bytes apart, {joint} together");
        var signed = new SignedIntegerModel(100, contexts: 3);
        var number = new ExpGolombModel(0, 100, contexts: 3);
        byte[] payload = Encode([5, -5, 70], (encoder, value, _) =>
        {
            signed.Encode(encoder, value, 2);
            number.Encode(encoder, Math.Abs(value), 1);
        });
        signed.Reset();
        number.Reset();
        Assert.Equal(CodingStatus.Ok, Decode(payload, 3, (decoder, _) => 1000 * signed.Decode(decoder, 2) + number.Decode(decoder, 1), out int[] back));
        Assert.Equal([5005, -4995, 70070], back);
    }

    [Fact]
    public void ValuesAboveTheLimitEndInAStatus()
    {
        // Written with a higher limit; both limits have prefixes of the same length.
        byte[] payload = Encode([6, 3], new ExpGolombModel(0, 6).Encode);
        var model = new ExpGolombModel(0, 5);
        Assert.Equal(CodingStatus.LimitExceeded, Decode(payload, 2, model.Decode, out int[] back));
        Assert.Equal([0, 0], back);

        payload = Encode([-1000], new SignedIntegerModel(1000).Encode);
        var signed = new SignedIntegerModel(999);
        Assert.Equal(CodingStatus.LimitExceeded, Decode(payload, 1, signed.Decode, out back));
        Assert.Equal([0], back);
    }

    [Fact]
    public void TheLongestPossiblePrefixesEnd()
    {
        // A payload of all ones bits as far as an encoder can write them.
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer);
        for (int i = 0; i < 2000; i++)
        {
            encoder.PushRaw(i == 0 ? 0xFFFEu : 0xFFFFu, 16);
        }

        encoder.Finish(CheckMode.None);
        var decoder = new RangeDecoder(writer.WrittenMemory, CheckMode.None);
        var number = new ExpGolombModel(0);
        var signed = new SignedIntegerModel(int.MaxValue);
        for (int i = 0; i < 100; i++)
        {
            Assert.InRange(number.Decode(decoder), 0, int.MaxValue);
            Assert.InRange(signed.Decode(decoder), -int.MaxValue, int.MaxValue);
        }

        Assert.Equal(CodingStatus.LimitExceeded, decoder.Status);
    }

    [Fact]
    public void RandomPayloadsGiveOnlyValidValues()
    {
        Gen.Byte.Array[0, 80].Sample(
            payload =>
            {
                var decoder = new RangeDecoder(payload, CheckMode.Check16);
                var tree = new IndexTreeModel(37);
                var number = new ExpGolombModel(0, 1000);
                var signed = new SignedIntegerModel(50);
                for (int i = 0; i < 40; i++)
                {
                    if (tree.Decode(decoder) is < 0 or > 36 || number.Decode(decoder) is < 0 or > 1000 || signed.Decode(decoder) is < -50 or > 50)
                    {
                        return false;
                    }
                }

                decoder.Finish();
                return true;
            },
            iter: 3000);
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        var encoder = new RangeEncoder(new ArrayBufferWriter<byte>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(25));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(0, 5, contexts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(0, 5, 1, fast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(0, 5).Encode(encoder, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpGolombModel(0, 5).Encode(encoder, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignedIntegerModel(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignedIntegerModel(7).Encode(encoder, int.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignedIntegerModel(7).Encode(encoder, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexTreeModel(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexTreeModel(16385));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexTreeModel(16384, contexts: 1025));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexTreeModel(7).Encode(encoder, 7));
        Assert.Equal(0, encoder.Finish(CheckMode.None));
    }

    private static byte[] Encode(int[] values, Action<RangeEncoder, int, int> encode)
    {
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer);
        foreach (int value in values)
        {
            encode(encoder, value, 0);
        }

        encoder.Finish(CheckMode.Check31);
        return writer.WrittenSpan.ToArray();
    }

    private static CodingStatus Decode(byte[] payload, int count, Func<RangeDecoder, int, int> decode, out int[] values)
    {
        var decoder = new RangeDecoder(payload, CheckMode.Check31);
        values = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = decode(decoder, 0);
        }

        return decoder.Finish();
    }
}
