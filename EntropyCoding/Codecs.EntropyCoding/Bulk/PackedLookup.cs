using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>One load per symbol from <see cref="BulkTables.Packed"/>, up to 12 bits.</summary>
/// <remarks>Table indexes are below <see cref="BulkTables.Count"/> and slots below 2^n, so every index lies inside the array.</remarks>
internal readonly ref struct PackedLookup(BulkTables tables) : IVectorLookup
{
    private readonly ref uint _packed = ref MemoryMarshal.GetArrayDataReference(tables.Packed);
    private readonly int _precision = tables.Precision;
    private readonly int _firstValue = tables.FirstValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short Step(ref uint state, int table)
    {
        uint entry = Unsafe.Add(ref _packed, (table << _precision) + (int)(state & ((1u << _precision) - 1)));
        state = (entry >> 20) * (state >> _precision) + (entry >> 8 & 0xFFF);
        return (byte)entry == BulkTables.Escape ? short.MinValue : (short)(_firstValue + (byte)entry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Step(ref Vector256<uint> states, Vector256<uint> tables)
    {
        Vector256<uint> slots = states & Vector256.Create((1u << _precision) - 1);
        Vector256<uint> entries = Lanes.Load(ref _packed, slots + (tables << _precision));
        states = (entries >> 20) * (states >> _precision) + (entries >> 8 & Vector256.Create(0xFFFu));
        return entries & Vector256.Create(0xFFu);
    }
}
