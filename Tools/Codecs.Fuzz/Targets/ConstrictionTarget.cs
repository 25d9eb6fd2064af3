using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.EntropyCoding.Interop;

namespace Codecs.Fuzz.Targets;

/// <summary>Words of constriction's default stack or queue coder.</summary>
internal sealed class ConstrictionTarget : FuzzTarget
{
    private static readonly ConstrictionModel s_model = ConstrictionModel.FromProbabilities([0.1, 0.6, 0.25, 0.05]);

    internal override string Name => "constriction";

    internal override string Description => "words of constriction's stack (first byte even) or queue (odd) behind three bytes with the symbol count";

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (int count in new[] { 0, 1, 2, 41, 400 })
        {
            int[] symbols = [.. Enumerable.Range(0, count).Select(i => (i * i) % 4)];
            yield return [.. PayloadScript.Header(0, count), .. Encode(symbols, queue: false)];
            yield return [.. PayloadScript.Header(1, count), .. Encode(symbols, queue: true)];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, tableCount: 1);
        int[] symbols = new int[script.Tables.Length];
        bool queue = (input.Span[0] & 1) != 0;
        CodingStatus status = queue
            ? ConstrictionQueueCoder.Decode(script.Payload.Span, [s_model], symbols)
            : ConstrictionStackCoder.Decode(script.Payload.Span, [s_model], symbols);
        status.ThrowIfFailed();
        Require(Encode(symbols, queue).AsSpan().SequenceEqual(script.Payload.Span), "good words are not what their symbols encode to");
    }

    private static byte[] Encode(int[] symbols, bool queue)
    {
        var payload = new ArrayBufferWriter<byte>();
        if (queue)
        {
            ConstrictionQueueCoder.Encode(symbols, [s_model], payload);
        }
        else
        {
            ConstrictionStackCoder.Encode(symbols, [s_model], payload);
        }

        return payload.WrittenSpan.ToArray();
    }
}
