using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>Decodes whole groups of 8, 16 or 32 lanes with 256-bit vectors, one lane per 32-bit element. Its scalar twin is <see cref="ScalarDecoder"/>.</summary>
/// <remarks>
/// A group reads at most one word per lane, and a vector loads eight words even if it takes fewer, all within the next 2N bytes. So the loop runs
/// while 2N bytes remain and leaves the last groups to the scalar twin. Vectors depend on each other only through the position of the next
/// word, which needs no more than the masks; the processor overlaps the rest.
/// </remarks>
internal static class VectorDecoder
{
    /// <summary>Decodes groups while there are whole ones and enough words.</summary>
    /// <param name="lookup">Tables.</param>
    /// <param name="mover">Instruction set.</param>
    /// <param name="job">Everything else; its states and position are updated.</param>
    /// <returns>Number of symbols decoded, a multiple of the lane count.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run<TLookup, TMover, TLanes>(TLookup lookup, TMover mover, ref DecoderJob job)
        where TLookup : struct, IVectorLookup, allows ref struct
        where TMover : struct, IWordMover, allows ref struct
        where TLanes : struct, ILaneCount
    {
        int lanes = 8 * TLanes.Vectors;
        int lastGroup = job.Symbols.Length - lanes;
        int lastPosition = job.Payload.Length - Rans32.WordBytes * lanes;
        ref byte payload = ref MemoryMarshal.GetReference(job.Payload);
        ref byte tables = ref MemoryMarshal.GetReference(job.Tables);
        ref short symbols = ref MemoryMarshal.GetReference(job.Symbols);
        ref uint states = ref MemoryMarshal.GetReference(job.States);
        bool indexed = !job.Tables.IsEmpty;
        var t0 = Vector256.Create((uint)job.Table);
        Vector256<uint> t1 = t0, t2 = t0, t3 = t0;
        var firstValue = Vector128.Create((ushort)job.FirstValue);
        var x0 = Vector256.LoadUnsafe(ref states);
        Vector256<uint> x1 = TLanes.Vectors > 1 ? Vector256.LoadUnsafe(ref states, 8) : default;
        Vector256<uint> x2 = TLanes.Vectors > 2 ? Vector256.LoadUnsafe(ref states, 16) : default;
        Vector256<uint> x3 = TLanes.Vectors > 2 ? Vector256.LoadUnsafe(ref states, 24) : default;
        nint position = job.Position;
        nint i = 0;
        for (; i <= lastGroup && position <= lastPosition; i += lanes)
        {
            if (indexed)
            {
                t0 = LoadTables(ref tables, i);
                t1 = TLanes.Vectors > 1 ? LoadTables(ref tables, i + 8) : t0;
                t2 = TLanes.Vectors > 2 ? LoadTables(ref tables, i + 16) : t0;
                t3 = TLanes.Vectors > 2 ? LoadTables(ref tables, i + 24) : t0;
            }

            Vector256<uint> c0 = lookup.Step(ref x0, t0);
            Vector256<uint> c1 = TLanes.Vectors > 1 ? lookup.Step(ref x1, t1) : default;
            Vector256<uint> c2 = TLanes.Vectors > 2 ? lookup.Step(ref x2, t2) : default;
            Vector256<uint> c3 = TLanes.Vectors > 2 ? lookup.Step(ref x3, t3) : default;
            Store(c0, firstValue, ref symbols, i);
            x0 = Refill(mover, x0, ref payload, ref position);
            if (TLanes.Vectors > 1)
            {
                Store(c1, firstValue, ref symbols, i + 8);
                x1 = Refill(mover, x1, ref payload, ref position);
            }

            if (TLanes.Vectors > 2)
            {
                Store(c2, firstValue, ref symbols, i + 16);
                x2 = Refill(mover, x2, ref payload, ref position);
                Store(c3, firstValue, ref symbols, i + 24);
                x3 = Refill(mover, x3, ref payload, ref position);
            }
        }

        x0.StoreUnsafe(ref states);
        if (TLanes.Vectors > 1)
        {
            x1.StoreUnsafe(ref states, 8);
        }

        if (TLanes.Vectors > 2)
        {
            x2.StoreUnsafe(ref states, 16);
            x3.StoreUnsafe(ref states, 24);
        }

        job.Position = (int)position;
        return (int)i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> LoadTables(ref byte tables, nint i) => Lanes.Widen(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref tables, i)));

    /// <summary>Lanes below 2^16 take the next words, in ascending lane order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Refill<TMover>(TMover mover, Vector256<uint> states, ref byte payload, ref nint position)
        where TMover : struct, IWordMover, allows ref struct
    {
        // Unsigned order without an unsigned comparison: the upper half is zero.
        Vector256<uint> wanting = Vector256.Equals(states >> Rans32.WordBits, Vector256<uint>.Zero);
        uint bits = wanting.ExtractMostSignificantBits();
        var words = Vector128.LoadUnsafe(ref Unsafe.Add(ref payload, position)).AsUInt16();
        position += Rans32.WordBytes * BitOperations.PopCount(bits);
        Vector256<uint> filled = states << Rans32.WordBits | mover.Deal(Lanes.Widen(words), wanting, bits);
        return Vector256.ConditionalSelect(wanting, filled, states);
    }

    /// <summary>Codes to values: 16 bits wrap around as the sum of code and first value does, and the escape gets its mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<uint> codes, Vector128<ushort> firstValue, ref short symbols, nint i)
    {
        Vector128<ushort> narrow = Lanes.Narrow(codes);
        Vector128<ushort> escaped = Vector128.Equals(narrow, Vector128.Create((ushort)BulkTables.Escape));
        Vector128.ConditionalSelect(escaped, Vector128.Create((ushort)0x8000), narrow + firstValue).AsInt16().StoreUnsafe(ref symbols, (nuint)i);
    }
}
