using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>An R64 payload.</summary>
internal sealed class Rans64Target : FuzzTarget
{
    internal override string Name => "rans64";

    internal override string Description => "an R64 payload behind three bytes that choose check, tables and symbol count";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 9; pattern++)
        {
            int count = pattern * 23;
            byte[] header = PayloadScript.Header(pattern, count);
            var script = new PayloadScript(header, GaussianTables.Standard.Count);
            yield return [.. header, .. Encode(PayloadScript.Symbols(count), script.Tables, script.Check)];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, GaussianTables.Standard.Count);
        short[] symbols = new short[script.Tables.Length];
        var decoder = new Rans64Decoder(script.Payload, GaussianTables.Standard, script.Check);
        decoder.Decode(script.Tables, symbols);
        decoder.Finish().ThrowIfFailed();
        Require(Encode(symbols, script.Tables, script.Check).SequenceEqual(script.Payload.Span), "a good payload is not what its symbols encode to");
    }

    private static ReadOnlySpan<byte> Encode(short[] symbols, byte[] tables, CheckMode check)
    {
        using var encoder = new Rans64Encoder(GaussianTables.Standard);
        encoder.Push(symbols, tables);
        var payload = new ArrayBufferWriter<byte>();
        encoder.Finish(check, payload);
        return payload.WrittenSpan;
    }
}
