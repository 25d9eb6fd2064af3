using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding;

/// <summary>Encodes whole groups of 8, 16 or 32 lanes with 256-bit vectors, one lane per 32-bit element. Its scalar twin is <see cref="ScalarEncoder"/>.</summary>
/// <remarks>
/// <para>Words go downwards. The words of a vector are collected at the upper end of eight elements and stored whole, so the unused lower ones land on
/// free room, which the next words overwrite; 16 bytes of it remain below the last word.</para>
/// <para>The quotient is exact. float32 is IEEE 754 with rounding to nearest: q' = float(x) / f carries two roundings, so q' = (x / f)(1 + e) with
/// |e| &lt; 2^-23 + 2^-48 (f below 2^14 is exact). x &lt; f * 2^(32 - n) before the step, so |q' - x / f| &lt; 2^(32 - n) * (2^-23 + 2^-48) &lt; 0.26 from n = 11 on. Rounding q' to the
/// nearest integer therefore gives floor(x / f) or one more, and one more exactly when x - q' * f is negative; its sign is the correction.
/// Below 11 bits the encoder is scalar.</para>
/// </remarks>
internal static class VectorEncoder
{
    /// <summary>Smallest precision at which the quotient is exact.</summary>
    public const int MinPrecision = 11;

    /// <summary>Bytes that may be written below the first word.</summary>
    public const int Slack = 16;

    /// <summary>Encodes all symbols of the job.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TMover, TLanes>(TMover mover, BulkTables bulk, ref EncoderJob job)
        where TMover : struct, IWordMover, allows ref struct
        where TLanes : struct, ILaneCount
    {
        int lanes = 8 * TLanes.Vectors;
        ref short symbols = ref MemoryMarshal.GetReference(job.Symbols);
        ref byte tables = ref MemoryMarshal.GetReference(job.Tables);
        ref uint states = ref MemoryMarshal.GetReference(job.States);
        ref byte words = ref MemoryMarshal.GetReference(job.Words);
        ref int escapeGroups = ref MemoryMarshal.GetReference(job.EscapeGroups);
        ref uint entries = ref MemoryMarshal.GetArrayDataReference(bulk.Entries);
        int precision = bulk.Precision;
        bool indexed = !job.Tables.IsEmpty;
        var t0 = Vector256.Create((uint)job.Table);
        Vector256<uint> t1 = t0, t2 = t0, t3 = t0;
        var firstValue = Vector128.Create((ushort)bulk.FirstValue);
        var x0 = Vector256.LoadUnsafe(ref states);
        Vector256<uint> x1 = TLanes.Vectors > 1 ? Vector256.LoadUnsafe(ref states, 8) : default;
        Vector256<uint> x2 = TLanes.Vectors > 2 ? Vector256.LoadUnsafe(ref states, 16) : default;
        Vector256<uint> x3 = TLanes.Vectors > 2 ? Vector256.LoadUnsafe(ref states, 24) : default;
        nint position = job.Words.Length;
        nint escapes = 0;
        for (nint i = job.Symbols.Length - lanes; i >= 0; i -= lanes)
        {
            if (indexed)
            {
                t0 = LoadTables(ref tables, i);
                t1 = TLanes.Vectors > 1 ? LoadTables(ref tables, i + 8) : t0;
                t2 = TLanes.Vectors > 2 ? LoadTables(ref tables, i + 16) : t0;
                t3 = TLanes.Vectors > 2 ? LoadTables(ref tables, i + 24) : t0;
            }

            Vector256<uint> flags = default;
            if (TLanes.Vectors > 2)
            {
                x3 = Step(mover, x3, LoadEntries(ref entries, ref symbols, i + 24, t3, firstValue, ref flags), precision, ref words, ref position);
                x2 = Step(mover, x2, LoadEntries(ref entries, ref symbols, i + 16, t2, firstValue, ref flags), precision, ref words, ref position);
            }

            if (TLanes.Vectors > 1)
            {
                x1 = Step(mover, x1, LoadEntries(ref entries, ref symbols, i + 8, t1, firstValue, ref flags), precision, ref words, ref position);
            }

            x0 = Step(mover, x0, LoadEntries(ref entries, ref symbols, i, t0, firstValue, ref flags), precision, ref words, ref position);

            // Written always and kept only if flagged: no branch that depends on the data.
            Unsafe.Add(ref escapeGroups, escapes) = (int)i;
            escapes += (flags & Vector256.Create(BulkTables.EscapedFlag)) == Vector256<uint>.Zero ? 0 : 1;
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

        job.FirstWord = (int)position;
        job.EscapeGroupCount = (int)escapes;
    }

    /// <summary>floor(x / f) of each element, for x below f * 2^(32 - n) and n from 11 to 14; see the class remarks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Divide<TMover>(TMover mover, Vector256<uint> states, Vector256<uint> frequencies)
        where TMover : struct, IWordMover, allows ref struct
    {
        Vector256<float> quotients = mover.ToSingle(states) / Avx.ConvertToVector256Single(frequencies.AsInt32());
        Vector256<uint> nearest = Avx.ConvertToVector256Int32(quotients).AsUInt32();
        return nearest + ((states - nearest * frequencies).AsInt32() >> 31).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> LoadTables(ref byte tables, nint i) => Lanes.Widen(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref tables, i)));

    /// <summary>The entries of eight symbols. Values outside the range of codes wrap to large ones and become code 255, the escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> LoadEntries(
        ref uint entries, ref short symbols, nint i, Vector256<uint> tables, Vector128<ushort> firstValue, ref Vector256<uint> flags)
    {
        Vector128<ushort> codes = Vector128.Min(
            Vector128.LoadUnsafe(ref symbols, (nuint)i).AsUInt16() - firstValue, Vector128.Create((ushort)BulkTables.Escape));
        Vector256<uint> found = Lanes.Load(ref entries, Lanes.Widen(codes) + (tables << 8));
        flags |= found;
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Step<TMover>(
        TMover mover, Vector256<uint> states, Vector256<uint> entries, int precision, ref byte words, ref nint position)
        where TMover : struct, IWordMover, allows ref struct
    {
        // Both sides of this comparison are below 2^31, so the signed one does.
        Vector256<uint> frequencies = entries >> 16;
        Vector256<uint> emitting = Vector256.GreaterThan((states >> (32 - precision)).AsInt32(), (frequencies - Vector256<uint>.One).AsInt32()).AsUInt32();
        uint bits = emitting.ExtractMostSignificantBits();
        Vector256<uint> collected = mover.Collect(states & Vector256.Create(0xFFFFu), emitting, bits);
        Lanes.Narrow(collected).AsByte().StoreUnsafe(ref Unsafe.Add(ref words, position - Slack));
        position -= Rans32.WordBytes * BitOperations.PopCount(bits);
        states = Vector256.ConditionalSelect(emitting, states >> Rans32.WordBits, states);

        // As Rans32.EncodeStep.
        Vector256<uint> starts = entries & Vector256.Create(0x7FFFu);
        return states + starts + Divide(mover, states, frequencies) * (Vector256.Create(1u << precision) - frequencies);
    }
}
