using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding;

/// <summary>AVX2: one permutation per mask, from tables of 256 x 8 bytes.</summary>
internal readonly ref struct PermuteMover : IWordMover
{
    // Byte i of entry m: which word lane i takes (Deal), which lane's element goes to place i (Collect).
    private static readonly ulong[] s_deal = new ulong[256];
    private static readonly ulong[] s_collect = new ulong[256];

    private readonly ref ulong _deal;
    private readonly ref ulong _collect;

    static PermuteMover()
    {
        for (int mask = 0; mask < 256; mask++)
        {
            int count = int.PopCount(mask);
            int rank = 0;
            for (int lane = 0; lane < 8; lane++)
            {
                if ((mask >> lane & 1) != 0)
                {
                    s_deal[mask] |= (ulong)rank << (8 * lane);
                    s_collect[mask] |= (ulong)lane << (8 * (8 - count + rank));
                    rank++;
                }
            }
        }
    }

    public PermuteMover()
    {
        _deal = ref MemoryMarshal.GetArrayDataReference(s_deal);
        _collect = ref MemoryMarshal.GetArrayDataReference(s_collect);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Deal(Vector256<uint> words, Vector256<uint> wanting, uint bits) =>
        Avx2.PermuteVar8x32(words, Lanes.Widen(Unsafe.Add(ref _deal, (nint)bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Collect(Vector256<uint> words, Vector256<uint> emitting, uint bits) =>
        Avx2.PermuteVar8x32(words, Lanes.Widen(Unsafe.Add(ref _collect, (nint)bits)));

    /// <remarks>Only signed numbers can be converted, so by halves: the product is exact and the sum is the only rounding.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> ToSingle(Vector256<uint> elements) =>
        Avx.ConvertToVector256Single((elements >> 16).AsInt32()) * 65536f
        + Avx.ConvertToVector256Single((elements & Vector256.Create(0xFFFFu)).AsInt32());
}
