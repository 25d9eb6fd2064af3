using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.EntropyCoding.Interop;

namespace Codecs.Fuzz.Targets;

/// <summary>A byte string of torchac, and its tables.</summary>
internal sealed class TorchacTarget : FuzzTarget
{
    private const int Entries = 5;

    internal override string Name => "torchac";

    internal override string Description => "a torchac string: three bytes with the symbol count, a row of five table entries, the payload";

    internal override IEnumerable<byte[]> Seeds()
    {
        byte[] row = [0, 0, 0, 0x40, 0, 0xC0, 0x33, 0xF3, 0, 0];
        foreach (int count in new[] { 0, 1, 4, 300 })
        {
            short[] symbols = [.. Enumerable.Range(0, count).Select(i => (short)((i * i) % 4))];
            var payload = new ArrayBufferWriter<byte>();
            TorchacCoder.Encode(symbols, Row(row), Entries, payload);
            yield return [.. PayloadScript.Header(0, count), .. row, .. payload.WrittenSpan];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, tableCount: 1);
        if (script.Payload.Length < Entries * 2)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        short[] row = Row(script.Payload.Span);
        ReadOnlySpan<byte> payload = script.Payload.Span[(Entries * 2)..];
        short[] symbols = new short[script.Tables.Length];
        CodingStatus status;
        try
        {
            status = TorchacCoder.Decode(payload, row, Entries, symbols);
        }
        catch (ArgumentException e)
        {
            // Tables are the caller's: a bad row is the caller's mistake.
            throw new InvalidBitstreamException(e.Message, 0);
        }

        status.ThrowIfFailed();
        var again = new ArrayBufferWriter<byte>();
        TorchacCoder.Encode(symbols, row, Entries, again);
        Require(again.WrittenSpan.SequenceEqual(payload), "a good string is not what its symbols encode to");
    }

    private static short[] Row(ReadOnlySpan<byte> bytes)
    {
        short[] row = new short[Entries];
        for (int i = 0; i < Entries; i++)
        {
            row[i] = (short)(bytes[2 * i] | (bytes[(2 * i) + 1] << 8));
        }

        return row;
    }
}
