using System.Buffers;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

public sealed class RangeCoderRoundTripTests
{
    private static readonly Gen<(uint Seed, int Precision, int Length, CheckMode Check)> s_cases =
        Gen.Select(Gen.UInt, Gen.Int[1, 14], Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 2000]), Gen.Int[0, 2].Select(m => (CheckMode)m));

    [Fact]
    public void AnyMixtureOfOperationsComesBack()
    {
        s_cases.Sample(
            c =>
            {
                RangeScript script = RangeScript.Random(c.Seed, c.Precision, c.Length);
                byte[] payload = script.Encode(c.Check);
                return script.Decode(payload, c.Check, out bool same) == CodingStatus.Ok && same && (payload.Length == 0 || payload[^1] != 0);
            },
            iter: 300);
    }

    [Fact]
    public void AnyMixtureGivesTheBytesOfTheUnboundedReference()
    {
        // Short ones by preference: the reference is quadratic.
        Gen.Select(Gen.UInt, Gen.Int[1, 14], Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 300]), Gen.Int[0, 2].Select(m => (CheckMode)m)).Sample(
            (seed, precision, length, check) =>
            {
                RangeScript script = RangeScript.Random(seed, precision, length, mixed: false);
                Assert.Equal(Convert.ToHexString(ReferenceRangeCoder.Encode(script, check)), Convert.ToHexString(script.Encode(check)));
            },
            iter: 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LongRunsOfOneByteValueSurviveCarries(bool carry)
    {
        // Raw bytes FF hold everything back; a last symbol with or without a carry decides what they become.
        TableSet set = PlainTable.ToSet(8, [new PlainTable(0, [0, 1, 255, 256])]);
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer, set);
        var random = new Random(carry ? 1 : 2);
        uint[] raw = [.. Enumerable.Range(0, 5000).Select(i => random.Next(50) == 0 ? (uint)random.Next(256) : carry ? 0xFFu : 0)];
        foreach (uint value in raw)
        {
            encoder.PushRaw(value, 8);
            encoder.Push(1, 0);
        }

        encoder.Finish(CheckMode.None);
        var decoder = new RangeDecoder(writer.WrittenMemory, CheckMode.None, set);
        foreach (uint value in raw)
        {
            Assert.Equal(value, decoder.Raw(8));
            Assert.Equal(1, decoder.Next(0));
        }

        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void BlocksOfSymbolsAndSingleSymbolsAreTheSame()
    {
        TableSet set = GaussianTables.Build(GaussianTables.StandardScalesQ48[..50], 14, 60);
        short[] symbols = new short[3000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(4).Fill(set, symbols, tables);
        var block = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(block, set);
        encoder.Push(symbols, tables);
        encoder.Push([1, -2, 3], 9);
        encoder.Finish(CheckMode.Check31);
        var single = new ArrayBufferWriter<byte>();
        encoder.Destination = single;
        for (int i = 0; i < symbols.Length; i++)
        {
            encoder.Push(symbols[i], tables[i]);
        }

        encoder.Push(1, 9);
        encoder.Push(-2, 9);
        encoder.Push(3, 9);
        encoder.Finish(CheckMode.Check31);

        Assert.Equal(block.WrittenSpan.ToArray(), single.WrittenSpan.ToArray());
        var decoder = new RangeDecoder(block.WrittenMemory, CheckMode.Check31, set);
        short[] back = new short[symbols.Length];
        decoder.Decode(tables, back);
        short[] more = new short[3];
        decoder.Decode(9, more);
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(symbols, back);
        Assert.Equal([1, -2, 3], more);
    }
}
