using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Codecs.Models.Layers;

/// <summary>A panel: rows of 16 floats. A row is a sample or a coefficient, a lane one of 16 independent signals, so that vector code needs no tails.</summary>
internal static class Panel
{
    /// <summary>Lanes of a row: one 512-bit vector, two of 256 bits or four of 128.</summary>
    internal const int Lanes = 16;

    /// <summary>Turns 16 rows of 16 floats into 16 rows of 16 floats: lane j of source row i becomes lane i of destination row j.</summary>
    /// <param name="source">Where the rows are.</param>
    /// <param name="sourceRows">Start of each of the 16 source rows.</param>
    /// <param name="destination">Receives the rows.</param>
    /// <param name="destinationRows">Start of each of the 16 destination rows.</param>
    internal static void Transpose(ReadOnlySpan<float> source, ReadOnlySpan<int> sourceRows, Span<float> destination, ReadOnlySpan<int> destinationRows)
    {
        const int half = Lanes / 2;
        if (!Avx.IsSupported)
        {
            TransposeScalar(source, sourceRows, destination, destinationRows);
            return;
        }

        for (int i = 0; i < Lanes; i += half)
        {
            for (int j = 0; j < Lanes; j += half)
            {
                TransposeEight(source, sourceRows.Slice(i, half), j, destination, destinationRows.Slice(j, half), i);
            }
        }
    }

    /// <summary>The definition of <see cref="Transpose"/>.</summary>
    internal static void TransposeScalar(ReadOnlySpan<float> source, ReadOnlySpan<int> sourceRows, Span<float> destination, ReadOnlySpan<int> destinationRows)
    {
        for (int i = 0; i < Lanes; i++)
        {
            ReadOnlySpan<float> row = source.Slice(sourceRows[i], Lanes);
            for (int j = 0; j < Lanes; j++)
            {
                destination[destinationRows[j] + i] = row[j];
            }
        }
    }

    // A block of 8 x 8: pairs of rows, then pairs of pairs inside each 128-bit half, then the halves change places.
    private static void TransposeEight(
        ReadOnlySpan<float> source, ReadOnlySpan<int> from, int column, Span<float> destination, ReadOnlySpan<int> to, int lane)
    {
        Vector256<float> r0 = Load(source, from[0] + column), r1 = Load(source, from[1] + column);
        Vector256<float> r2 = Load(source, from[2] + column), r3 = Load(source, from[3] + column);
        Vector256<float> r4 = Load(source, from[4] + column), r5 = Load(source, from[5] + column);
        Vector256<float> r6 = Load(source, from[6] + column), r7 = Load(source, from[7] + column);
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        const byte low = 0x44, high = 0xEE; // lanes 0, 1 of both; lanes 2, 3 of both
        Vector256<float> b0 = Avx.Shuffle(a0, a2, low), b1 = Avx.Shuffle(a0, a2, high), b2 = Avx.Shuffle(a1, a3, low), b3 = Avx.Shuffle(a1, a3, high);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, low), b5 = Avx.Shuffle(a4, a6, high), b6 = Avx.Shuffle(a5, a7, low), b7 = Avx.Shuffle(a5, a7, high);
        Store(Avx.Permute2x128(b0, b4, 0x20), destination, to[0] + lane);
        Store(Avx.Permute2x128(b1, b5, 0x20), destination, to[1] + lane);
        Store(Avx.Permute2x128(b2, b6, 0x20), destination, to[2] + lane);
        Store(Avx.Permute2x128(b3, b7, 0x20), destination, to[3] + lane);
        Store(Avx.Permute2x128(b0, b4, 0x31), destination, to[4] + lane);
        Store(Avx.Permute2x128(b1, b5, 0x31), destination, to[5] + lane);
        Store(Avx.Permute2x128(b2, b6, 0x31), destination, to[6] + lane);
        Store(Avx.Permute2x128(b3, b7, 0x31), destination, to[7] + lane);
    }

    private static Vector256<float> Load(ReadOnlySpan<float> source, int at) => Vector256.Create(source.Slice(at, Vector256<float>.Count));

    private static void Store(Vector256<float> row, Span<float> destination, int at) => row.CopyTo(destination.Slice(at, Vector256<float>.Count));
}
