using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>Two loads per symbol, from <see cref="BulkTables.Codes"/> and <see cref="BulkTables.Entries"/>: 13 and 14 bits.</summary>
/// <remarks>Table indexes are below <see cref="BulkTables.Count"/>, slots below 2^n and codes below 256, so every index lies inside its array.</remarks>
internal readonly ref struct CodeLookup(BulkTables tables) : IVectorLookup
{
    private readonly ref byte _codes = ref MemoryMarshal.GetArrayDataReference(tables.Codes);
    private readonly ref uint _entries = ref MemoryMarshal.GetArrayDataReference(tables.Entries);
    private readonly int _precision = tables.Precision;
    private readonly int _firstValue = tables.FirstValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short Step(ref uint state, int table)
    {
        uint slot = state & ((1u << _precision) - 1);
        int code = Unsafe.Add(ref _codes, (table << _precision) + (int)slot);
        uint entry = Unsafe.Add(ref _entries, (table << 8) + code);
        state = (entry >> 16) * (state >> _precision) + slot - (entry & 0x7FFF);
        return code == BulkTables.Escape ? short.MinValue : (short)(_firstValue + code);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Step(ref Vector256<uint> states, Vector256<uint> tables)
    {
        Vector256<uint> slots = states & Vector256.Create((1u << _precision) - 1);
        Vector256<uint> codes = Lanes.Load(ref _codes, slots + (tables << _precision));
        Vector256<uint> entries = Lanes.Load(ref _entries, codes + (tables << 8));
        states = (entries >> 16) * (states >> _precision) + slots - (entries & Vector256.Create(0x7FFFu));
        return codes;
    }
}
