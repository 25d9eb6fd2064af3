using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>Searches the starts of the table: works for every table set.</summary>
internal readonly ref struct SearchLookup(TableSet set) : ISymbolLookup
{
    private readonly TableSet _set = set;
    private readonly ReadOnlySpan<TableSet.Table> _tables = set.Tables;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short Step(ref uint state, int table)
    {
        ref readonly TableSet.Table info = ref _tables[table];
        ulong wide = state;
        int symbol = _set.DecodeStep(table, info.First, ref wide);
        state = (uint)wide;
        return symbol == info.Escape ? short.MinValue : (short)(info.Offset + symbol);
    }
}
