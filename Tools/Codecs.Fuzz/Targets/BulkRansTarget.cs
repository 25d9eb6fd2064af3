using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>An R32xN payload, with one table or one for each symbol.</summary>
internal sealed class BulkRansTarget : FuzzTarget
{
    private static readonly TableSet s_tables = GaussianTables.Bulk;

    internal override string Name => "bulk-rans";

    internal override string Description => "an R32xN payload behind three bytes that choose check, tables and symbol count";

    internal override IEnumerable<byte[]> Seeds()
    {
        for (int pattern = 0; pattern < 12; pattern++)
        {
            int count = pattern * 57;
            byte[] header = PayloadScript.Header(pattern, count);
            yield return [.. header, .. Encode(PayloadScript.Symbols(count), new PayloadScript(header, s_tables.Count), 4 << (pattern % 4))];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        var script = new PayloadScript(input, s_tables.Count);
        short[] symbols = new short[script.Tables.Length];
        ReadOnlySpan<byte> payload = script.Payload.Span;
        CodingStatus status = IsIndexed(script)
            ? BulkRans.Decode(payload, script.Tables, s_tables, symbols, script.Check)
            : BulkRans.Decode(payload, script.Tables[0], s_tables, symbols, script.Check);
        status.ThrowIfFailed();
        var again = new short[symbols.Length];
        byte[] other = Encode(symbols, script, lanes: 0);
        status = IsIndexed(script)
            ? BulkRans.Decode(other, script.Tables, s_tables, again, script.Check)
            : BulkRans.Decode(other, script.Tables[0], s_tables, again, script.Check);
        Require(status == CodingStatus.Ok && again.AsSpan().SequenceEqual(symbols), "symbols changed on the way through the coder");
    }

    private static bool IsIndexed(in PayloadScript script) => script.Tables.Length == 0 || script.Check != CheckMode.Check16;

    private static byte[] Encode(short[] symbols, in PayloadScript script, int lanes)
    {
        var payload = new ArrayBufferWriter<byte>();
        if (IsIndexed(script))
        {
            BulkRans.Encode(symbols, script.Tables, s_tables, payload, script.Check, lanes: lanes);
        }
        else
        {
            BulkRans.Encode(symbols, script.Tables[0], s_tables, payload, script.Check, lanes: lanes);
        }

        return payload.WrittenSpan.ToArray();
    }
}
