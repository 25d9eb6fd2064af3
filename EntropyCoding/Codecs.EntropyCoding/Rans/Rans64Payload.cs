using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Codecs.EntropyCoding;

/// <summary>The byte layout of a native payload: a head of 0..8 bytes, then 32-bit words in decode order, all little-endian.</summary>
/// <remarks>
/// The head is the final state without its leading zero bytes; if words follow it has 5..8 bytes. So a payload of up to 8 bytes is all
/// head, a longer one (9 bytes at least) has a head of 5 + (length - 5) mod 4 bytes: no length field is needed, and each state has one form.
/// </remarks>
internal static class Rans64Payload
{
    private const int MaxHead = 8;
    private const int MinHeadBeforeWords = 5;

    /// <summary>Writes state and words; returns the number of bytes.</summary>
    public static int Write(ulong state, ReadOnlySpan<uint> words, IBufferWriter<byte> destination)
    {
        int head = HeadLength(state, !words.IsEmpty);
        int length = head + words.Length * Rans64.WordBytes;
        if (length == 0)
        {
            return 0;
        }

        Span<byte> target = destination.GetSpan(length);
        WriteHead(state, head, target);
        WriteWords(words, target[head..]);
        destination.Advance(length);
        return length;
    }

    /// <summary>Bytes of the head.</summary>
    public static int HeadLength(ulong state, bool hasWords)
    {
        int significant = state == 0 ? 0 : (BitOperations.Log2(state) >> 3) + 1;
        return hasWords ? Math.Max(MinHeadBeforeWords, significant) : significant;
    }

    /// <summary>Writes the head in the length that <see cref="HeadLength"/> gave.</summary>
    public static void WriteHead(ulong state, int length, Span<byte> target)
    {
        for (int i = 0; i < length; i++)
        {
            target[i] = (byte)(state >> (8 * i));
        }
    }

    /// <summary>Copies words in little-endian order.</summary>
    public static void WriteWords(ReadOnlySpan<uint> words, Span<byte> target)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(words).CopyTo(target);
            return;
        }

        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[(i * Rans64.WordBytes)..], words[i]);
        }
    }

    /// <summary>Reads the head.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="state">The state to decode from.</param>
    /// <param name="head">Its length in bytes; a multiple of four bytes follows.</param>
    /// <returns>False if no encoder ends in this state or writes it in this way.</returns>
    public static bool TryReadHead(ReadOnlySpan<byte> payload, out ulong state, out int head)
    {
        bool hasWords = payload.Length > MaxHead;
        head = hasWords ? MinHeadBeforeWords + (payload.Length - MinHeadBeforeWords) % Rans64.WordBytes : payload.Length;
        state = 0;
        for (int i = head - 1; i >= 0; i--)
        {
            state = state << 8 | payload[i];
        }

        int shortest = hasWords ? MinHeadBeforeWords : 0;
        bool shortestForm = head == shortest || payload[head - 1] != 0;
        return shortestForm && state < Rans64.UpperBound && (!hasWords || state >= Rans64.LowerBound);
    }
}
