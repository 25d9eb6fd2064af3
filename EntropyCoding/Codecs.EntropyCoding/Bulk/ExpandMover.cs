using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding;

/// <summary>AVX-512 on 256-bit vectors: expand and compress do it without tables.</summary>
/// <remarks>
/// 512-bit vectors were measured 5 to 15 % slower on Zen 4: the table loads decide, .NET has no 512-bit gather, and joining two halves costs.
/// </remarks>
internal readonly ref struct ExpandMover : IWordMover
{
    public static bool IsSupported => Avx512F.VL.IsSupported && Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Deal(Vector256<uint> words, Vector256<uint> wanting, uint bits) =>
        Avx512F.VL.Expand(Vector256<uint>.Zero, wanting, words);

    /// <remarks>Compress collects at the lower end; element (i + count) mod 8 of that belongs at place i.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Collect(Vector256<uint> words, Vector256<uint> emitting, uint bits) =>
        Avx2.PermuteVar8x32(
            Avx512F.VL.Compress(Vector256<uint>.Zero, emitting, words),
            Vector256<uint>.Indices + Vector256.Create((uint)BitOperations.PopCount(bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> ToSingle(Vector256<uint> elements) => Avx512F.VL.ConvertToVector256Single(elements);
}
