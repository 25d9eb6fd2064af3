using System.Buffers;
using CsCheck;

namespace Codecs.EntropyCoding.Tests.Rans;

public sealed class Rans64RoundTripTests
{
    private static readonly Gen<(uint Seed, int Precision, int Length, CheckMode Check)> s_cases =
        Gen.Select(Gen.UInt, Gen.Int[1, 16], Gen.OneOf(Gen.Int[0, 12], Gen.Int[0, 2000]), Gen.Int[0, 2].Select(m => (CheckMode)m));

    [Fact]
    public void AnyScriptOfSymbolsRawBitsAndTableChangesComesBack()
    {
        s_cases.Sample(
            c =>
            {
                using var encoder = new Rans64Encoder(GaussianTables.Standard);
                CodingScript script = CodingScript.Random(c.Seed, c.Precision, c.Length);
                byte[] payload = script.Encode(encoder, c.Check);
                CodingStatus status = script.Decode(payload, c.Check, out bool same);
                return status == CodingStatus.Ok && same;
            },
            iter: 400);
    }

    [Fact]
    public void AnyScriptGivesTheBytesOfTheUnboundedReference()
    {
        s_cases.Sample(
            c =>
            {
                using var encoder = new Rans64Encoder(GaussianTables.Standard);
                CodingScript script = CodingScript.Random(c.Seed, c.Precision, c.Length);
                return script.Encode(encoder, c.Check).AsSpan().SequenceEqual(ReferenceRans.Encode(script, c.Check));
            },
            iter: 300);
    }

    [Theory]
    [InlineData(CheckMode.None)]
    [InlineData(CheckMode.Check16)]
    [InlineData(CheckMode.Check31)]
    public void AHundredThousandSymbolsComeBackInBlocksAndOneByOne(CheckMode check)
    {
        TableSet set = GaussianTables.Standard;
        short[] symbols = new short[100_000];
        byte[] tables = new byte[symbols.Length];
        new GaussianSource(1).Fill(set, symbols, tables);
        using var encoder = new Rans64Encoder(set);
        var writer = new ArrayBufferWriter<byte>();
        encoder.Push(symbols, tables);
        encoder.Finish(check, writer);

        var decoder = new Rans64Decoder(writer.WrittenMemory, set, check);
        short[] back = new short[symbols.Length];
        decoder.Decode(tables.AsSpan(0, 60_000), back.AsSpan(0, 60_000));
        for (int i = 60_000; i < 61_000; i++)
        {
            back[i] = (short)decoder.Next(tables[i]);
        }

        decoder.Decode(tables.AsSpan(61_000), back.AsSpan(61_000));

        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(symbols, back);
    }

    [Fact]
    public void BlocksOfOneTableAndSingleSymbolsGiveTheSameBytes()
    {
        short[] symbols = [0, 5, -3, 300, -32767, 32767, 0];
        TableSet set = GaussianTables.Standard;
        using var encoder = new Rans64Encoder(set);
        var block = new ArrayBufferWriter<byte>();
        encoder.Push(symbols, 40);
        encoder.Finish(CheckMode.Check31, block);
        var single = new ArrayBufferWriter<byte>();
        foreach (short symbol in symbols)
        {
            encoder.Push(symbol, 40);
        }

        encoder.Finish(CheckMode.Check31, single);

        Assert.Equal(block.WrittenSpan.ToArray(), single.WrittenSpan.ToArray());
        var decoder = new Rans64Decoder(block.WrittenMemory, set, CheckMode.Check31);
        short[] back = new short[symbols.Length];
        decoder.Decode(40, back);
        Assert.Equal(symbols, back);
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
    }

    [Fact]
    public void EveryEscapedMagnitudeComesBack()
    {
        var tables = PlainTable.ToSet(16, [new PlainTable(-2, [0, 9000, 20000, 40000, 60000, 65536])]);
        short[] symbols = [.. Enumerable.Range(0, 16).SelectMany(b => Enumerable.Range(-1, 3).Select(d => Math.Min((1 << b) + d, 32767)))
            .SelectMany(v => new[] { (short)v, (short)-v })];
        using var encoder = new Rans64Encoder(tables);
        var writer = new ArrayBufferWriter<byte>();
        encoder.Push(symbols, new byte[symbols.Length]);
        encoder.Finish(CheckMode.Check31, writer);

        var decoder = new Rans64Decoder(writer.WrittenMemory, tables, CheckMode.Check31);
        short[] back = new short[symbols.Length];
        decoder.Decode(new byte[symbols.Length], back);
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(symbols, back);
    }

    [Theory]
    [InlineData(CheckMode.None, 0)]
    [InlineData(CheckMode.Check16, 3)]
    [InlineData(CheckMode.Check31, 4)]
    public void NoSymbolsCostOnlyTheSeed(CheckMode check, int bytes)
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(bytes, encoder.Finish(check, writer));
        Assert.Equal(CodingStatus.Ok, new Rans64Decoder(writer.WrittenMemory, GaussianTables.Standard, check).Finish());
    }
}
