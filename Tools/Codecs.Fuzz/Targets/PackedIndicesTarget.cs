using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>Codebook indices of fixed width.</summary>
internal sealed class PackedIndicesTarget : FuzzTarget
{
    internal override string Name => "packed";

    internal override string Description => "packed codebook indices behind three bytes that choose width and count";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int bits = 1; bits <= PackedIndices.MaxBits; bits += 3)
        {
            byte[] header = PayloadScript.Header(bits - 1, bits * 3);
            int[] indices = [.. Enumerable.Range(0, bits * 3).Select(i => i % 2)];
            var payload = new ArrayBufferWriter<byte>();
            PackedIndices.Pack(indices, bits, payload);
            yield return [.. header, .. payload.WrittenSpan];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, tableCount: 1);
        int bits = 1 + (input.Span[0] % PackedIndices.MaxBits), size = Math.Max(2, (1 << bits) - 1);
        int[] indices = new int[script.Tables.Length];
        PackedIndices.Unpack(script.Payload.Span, bits, size, indices).ThrowIfFailed();
        Require(Array.TrueForAll(indices, i => i >= 0 && i < size), "an index is outside the codebook");
        var again = new ArrayBufferWriter<byte>();
        PackedIndices.Pack(indices, bits, again);
        Require(again.WrittenSpan.SequenceEqual(script.Payload.Span), "good bytes are not what their indices pack to");
    }
}
