using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding;

/// <summary>Eight lanes at once: loads from tables, and narrow elements to 32 bits.</summary>
/// <remarks>
/// Eight plain loads instead of the gather instruction: 5 to 18 % faster where it was measured (Zen 4), never much slower, and on
/// processors whose gathers are slowed down by microcode many times faster. A byte load also reads nothing beside its byte.
/// </remarks>
internal static class Lanes
{
    /// <summary>Eight 32-bit elements from eight unchecked indexes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load(ref uint table, Vector256<uint> indexes)
    {
        Split(indexes, out ulong a, out ulong b, out ulong c, out ulong d);
        return Vector256.Create(
            Vector128.Create(At(ref table, (uint)a), At(ref table, a >> 32), At(ref table, (uint)b), At(ref table, b >> 32)),
            Vector128.Create(At(ref table, (uint)c), At(ref table, c >> 32), At(ref table, (uint)d), At(ref table, d >> 32)));
    }

    /// <summary>Eight bytes from eight unchecked indexes, zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load(ref byte table, Vector256<uint> indexes)
    {
        Split(indexes, out ulong a, out ulong b, out ulong c, out ulong d);
        ulong low = At(ref table, (uint)a) | (ulong)At(ref table, a >> 32) << 8 | (ulong)At(ref table, (uint)b) << 16 | (ulong)At(ref table, b >> 32) << 24;
        ulong high = At(ref table, (uint)c) | (ulong)At(ref table, c >> 32) << 8 | (ulong)At(ref table, (uint)d) << 16 | (ulong)At(ref table, d >> 32) << 24;
        return Widen(low | high << 32);
    }

    /// <summary>Eight bytes, the first in the low bits, zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Widen(ulong bytes) => Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(bytes).AsByte()).AsUInt32();

    /// <summary>Eight 16-bit elements, zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Widen(Vector128<ushort> elements) => Avx2.ConvertToVector256Int32(elements).AsUInt32();

    /// <summary>Eight elements below 2^16 as 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Narrow(Vector256<uint> elements) =>
        Sse41.PackUnsignedSaturate(elements.GetLower().AsInt32(), elements.GetUpper().AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector256<uint> indexes, out ulong a, out ulong b, out ulong c, out ulong d)
    {
        Vector128<ulong> low = indexes.GetLower().AsUInt64();
        Vector128<ulong> high = indexes.GetUpper().AsUInt64();
        (a, b, c, d) = (low.ToScalar(), low.GetElement(1), high.ToScalar(), high.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At<T>(ref T table, ulong index) => Unsafe.Add(ref table, (nint)index);
}
