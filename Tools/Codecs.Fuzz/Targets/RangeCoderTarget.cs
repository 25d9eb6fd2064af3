using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>An RC32 payload of every kind of operation: table symbols, raw bits, adaptive and mixed bits, binarised integers and indices.</summary>
internal sealed class RangeCoderTarget : FuzzTarget
{
    private const int MaxMagnitude = 5000, IndexCount = 300, Kinds = 7;
    private static readonly TableSet s_tables = GaussianTables.Bulk;
    private static readonly int[] s_selected = [1, 2];

    internal override string Name => "range-coder";

    internal override string Description => "an RC32 payload (tables, raw and adaptive bits) behind three bytes that choose check, tables and symbol count";

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (int count in new[] { 0, 1, 7, 60, 500 })
        {
            byte[] header = PayloadScript.Header(count, count);
            var script = new PayloadScript(header, s_tables.Count);
            var random = new Random(count);
            int[] values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = (i % Kinds) switch
                {
                    0 => random.Next(-4, 5),
                    1 => random.Next(1 << BitsOf(i)),
                    2 or 3 => random.Next(2),
                    4 => random.Next(-MaxMagnitude, MaxMagnitude + 1),
                    5 => random.Next(40),
                    _ => random.Next(IndexCount),
                };
            }

            yield return [.. header, .. Encode(values, script)];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, s_tables.Count);
        int[] values = new int[script.Tables.Length];
        var decoder = new RangeDecoder(script.Payload, script.Check, s_tables);
        var models = new Models();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i % Kinds) switch
            {
                0 => decoder.Next(script.Tables[i]),
                1 => (int)decoder.Raw(BitsOf(i)),
                2 => decoder.Bit(ref models.Contexts[0]),
                3 => decoder.Bit(models.Mixer, models.Contexts, s_selected),
                4 => models.Signed.Decode(decoder),
                5 => models.Golomb.Decode(decoder),
                _ => models.Tree.Decode(decoder),
            };
        }

        decoder.Finish().ThrowIfFailed();
        Require(Encode(values, script).AsSpan().SequenceEqual(script.Payload.Span), "a good payload is not what its values encode to");
    }

    private static int BitsOf(int operation) => 1 + (operation % 24);

    private static byte[] Encode(int[] values, in PayloadScript script)
    {
        var payload = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(payload, s_tables);
        var models = new Models();
        for (int i = 0; i < values.Length; i++)
        {
            switch (i % Kinds)
            {
                case 0: encoder.Push(values[i], script.Tables[i]); break;
                case 1: encoder.PushRaw((uint)values[i], BitsOf(i)); break;
                case 2: encoder.PushBit(ref models.Contexts[0], values[i]); break;
                case 3: encoder.PushBit(models.Mixer, models.Contexts, s_selected, values[i]); break;
                case 4: models.Signed.Encode(encoder, values[i]); break;
                case 5: models.Golomb.Encode(encoder, values[i]); break;
                default: models.Tree.Encode(encoder, values[i]); break;
            }
        }

        encoder.Finish(script.Check);
        return payload.WrittenSpan.ToArray();
    }

    private sealed class Models
    {
        internal BinaryContext[] Contexts { get; } = [new(4, 7), new(5, 8), new(3, 6)];

        internal LogisticMixer Mixer { get; } = new(inputs: 2);

        internal SignedIntegerModel Signed { get; } = new(MaxMagnitude);

        internal ExpGolombModel Golomb { get; } = new(order: 1, maxValue: 100_000);

        internal IndexTreeModel Tree { get; } = new(IndexCount);
    }
}
