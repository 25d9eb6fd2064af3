using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Codecs.EntropyCoding;

/// <summary>The hash of a whole payload's symbols, without an object.</summary>
/// <remarks>
/// XxHash3-64 of the symbols as little-endian int16. Its seed is 0, or the XxHash3-64 (seed 0) of the associated bytes if there are any.
/// </remarks>
internal static class BulkHash
{
    /// <summary>The R64 state that an encoder of these symbols starts from and a decoder ends in; see <see cref="SymbolHash.Seed"/>.</summary>
    public static ulong Seed(ReadOnlySpan<short> symbols, ReadOnlySpan<byte> associated, CheckMode check)
    {
        ulong floor = SymbolHash.Floor(check);
        return floor == 0 ? 0 : floor | (Hash(symbols, associated) & (floor - 1));
    }

    private static ulong Hash(ReadOnlySpan<short> symbols, ReadOnlySpan<byte> associated)
    {
        long seed = associated.IsEmpty ? 0 : (long)XxHash3.HashToUInt64(associated);
        if (BitConverter.IsLittleEndian)
        {
            return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(symbols), seed);
        }

        short[] swapped = ArrayPool<short>.Shared.Rent(symbols.Length);
        BinaryPrimitives.ReverseEndianness(symbols, swapped);
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<short>(swapped.AsSpan(0, symbols.Length)), seed);
        ArrayPool<short>.Shared.Return(swapped);
        return hash;
    }
}
