using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.EntropyCoding.Interop;

namespace Codecs.Fuzz.Targets;

/// <summary>A byte string of CompressAI's coder.</summary>
internal sealed class CompressAiTarget : FuzzTarget
{
    internal override string Name => "compressai";

    internal override string Description => "a CompressAI byte string behind three bytes that choose tables and symbol count";

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (int count in new[] { 0, 1, 60, 300 })
        {
            byte[] header = PayloadScript.Header(count, count);
            int[] indexes = Indexes(new PayloadScript(header, GaussianTables.Standard.Count).Tables);
            var payload = new ArrayBufferWriter<byte>();
            CompressAiCoder.Encode(Array.ConvertAll(PayloadScript.Symbols(count), s => (int)s), indexes, GaussianTables.Standard, payload);
            yield return [.. header, .. payload.WrittenSpan];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, GaussianTables.Standard.Count);
        int[] indexes = Indexes(script.Tables), symbols = new int[indexes.Length];
        CompressAiCoder.Decode(script.Payload.Span, indexes, GaussianTables.Standard, symbols).ThrowIfFailed();
        var again = new ArrayBufferWriter<byte>();
        CompressAiCoder.Encode(symbols, indexes, GaussianTables.Standard, again);
        int[] twice = new int[symbols.Length];
        CompressAiCoder.Decode(again.WrittenSpan, indexes, GaussianTables.Standard, twice).ThrowIfFailed();
        Require(twice.AsSpan().SequenceEqual(symbols), "symbols changed on the way through the coder");
    }

    private static int[] Indexes(byte[] tables) => Array.ConvertAll(tables, t => (int)t);
}
