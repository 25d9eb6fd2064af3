using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.EntropyCoding.Interop;

/// <summary>Reads and writes the byte strings of CompressAI's <c>encode_with_indexes</c> and <c>decode_with_indexes</c>.</summary>
/// <remarks>
/// <para>The arithmetic of <see cref="Rans64Encoder"/> with a constant seed of 2^31, so there is no content check, and a fixed 8-byte head
/// (low word first) before the words. Tables have 16 bits; table sizes, offsets and the trailing escape mean the same as in <see cref="TableSet"/>.</para>
/// <para>Escape: raw = 2 (v - max) at or above the table, -2v - 1 below it, v relative to the offset; after the escape symbol the
/// number of significant nibbles of raw as one nibble (0..7), then the nibbles, least significant first.</para>
/// <para>Where the reference is undefined this class has errors instead. Encoding: none or one operation writes in front of its output buffer there (here
/// no symbols give 8 bytes, one gives as many as any); a table with one certain symbol wraps its frequency to 0 (a <see cref="TableSet"/> cannot hold one);
/// raw values of 2^28 and more shift by 32 bits, without an end on some machines (an argument error). Decoding: there are no bounds and no comparison of
/// the final state (here truncated strings, words left over, nibble counts above 7 and other final states have a status).</para>
/// <para>Source: CompressAI, "a PyTorch library and evaluation platform for end-to-end compression research", 2020, arXiv 2011.03029, module <c>ans</c>.</para>
/// </remarks>
public static class CompressAiCoder
{
    private const int Precision = 16;
    private const int HeadBytes = 8;
    private const int NibbleBits = 4;
    private const int MaxNibbles = 7;
    private const ulong Seed = Rans64.LowerBound;

    /// <summary>Encodes symbols into one string.</summary>
    /// <param name="symbols">Values in row-major order; at most about 2^27 away from their table.</param>
    /// <param name="indexes">Table index of each symbol; as many as symbols.</param>
    /// <param name="tables">Tables of 16 bits.</param>
    /// <param name="destination">Where the string goes.</param>
    /// <returns>Bytes written, a multiple of 4, at least 8.</returns>
    /// <exception cref="ArgumentException">The lengths differ, the precision is not 16, or a symbol or index is out of range.</exception>
    public static int Encode(ReadOnlySpan<int> symbols, ReadOnlySpan<int> indexes, TableSet tables, IBufferWriter<byte> destination)
    {
        CheckArguments(symbols.Length, indexes.Length, tables);
        ArgumentNullException.ThrowIfNull(destination);
        using var operations = new Rans64Operations();
        for (int i = 0; i < symbols.Length; i++)
        {
            if ((uint)indexes[i] >= (uint)tables.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indexes), indexes[i], $"Index {i} names no table; the set has {tables.Count}.");
            }

            ref readonly TableSet.Table info = ref tables.Tables[indexes[i]];
            long relative = (long)symbols[i] - info.Offset;
            if (relative >= 0 && relative < info.Escape)
            {
                operations.Add(tables.Entry(info, (int)relative));
                continue;
            }

            long raw = relative < 0 ? -2 * relative - 1 : 2 * (relative - info.Escape);
            if (raw >> (MaxNibbles * NibbleBits) != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(symbols), symbols[i], $"Symbol {i} is too far outside its table; the excess must stay below 2^28.");
            }

            operations.Add(tables.Entry(info, info.Escape));
            AddNibbles(operations, (uint)raw);
        }

        ulong state = operations.Encode(Seed, Precision, out ReadOnlySpan<uint> words);
        int length = HeadBytes + words.Length * Rans64.WordBytes;
        Span<byte> target = destination.GetSpan(length);
        BinaryPrimitives.WriteUInt64LittleEndian(target, state);
        Rans64Payload.WriteWords(words, target[HeadBytes..]);
        destination.Advance(length);
        return length;
    }

    /// <summary>Decodes one string.</summary>
    /// <param name="payload">The whole string.</param>
    /// <param name="indexes">Table index of each symbol.</param>
    /// <param name="tables">Tables of 16 bits.</param>
    /// <param name="symbols">Receives as many symbols as there are indexes; 0 from the first fault on.</param>
    /// <returns><see cref="CodingStatus.Ok"/> only if every word was used and the state came back to 2^31. That is no content check: damage
    /// can pass unnoticed.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the precision is not 16.</exception>
    public static CodingStatus Decode(ReadOnlySpan<byte> payload, ReadOnlySpan<int> indexes, TableSet tables, Span<int> symbols)
    {
        CheckArguments(symbols.Length, indexes.Length, tables);
        symbols.Clear();
        if (payload.Length < HeadBytes)
        {
            return CodingStatus.Truncated;
        }

        ulong state = BinaryPrimitives.ReadUInt64LittleEndian(payload);
        if (payload.Length % Rans64.WordBytes != 0 || state is < Rans64.LowerBound or >= Rans64.UpperBound)
        {
            return CodingStatus.InvalidHead;
        }

        int position = HeadBytes;
        for (int i = 0; i < indexes.Length; i++)
        {
            int table = indexes[i];
            if ((uint)table >= (uint)tables.Count)
            {
                return CodingStatus.InvalidTable;
            }

            ref readonly TableSet.Table info = ref tables.Tables[table];
            int symbol = tables.DecodeStep(table, info.First, ref state);
            if (!Refill(ref state, payload, ref position))
            {
                return CodingStatus.Truncated;
            }

            if (symbol == info.Escape)
            {
                CodingStatus status = ReadNibbles(ref state, payload, ref position, out uint raw);
                if (status != CodingStatus.Ok)
                {
                    return status;
                }

                symbol = EscapeCode.Unfold(raw, info.Escape);
            }

            symbols[i] = info.Offset + symbol;
        }

        if (position < payload.Length)
        {
            return CodingStatus.TrailingData;
        }

        return state == Seed ? CodingStatus.Ok : CodingStatus.CheckFailed;
    }

    private static void AddNibbles(Rans64Operations operations, uint raw)
    {
        int nibbles = 0;
        while (raw >> (NibbleBits * nibbles) != 0)
        {
            nibbles++;
        }

        operations.AddRaw((uint)nibbles, NibbleBits);
        for (int i = 0; i < nibbles; i++)
        {
            operations.AddRaw((raw >> (NibbleBits * i)) & 15, NibbleBits);
        }
    }

    private static CodingStatus ReadNibbles(ref ulong state, ReadOnlySpan<byte> payload, ref int position, out uint raw)
    {
        raw = 0;
        uint nibbles = Rans64.DecodeRawStep(ref state, NibbleBits);
        if (!Refill(ref state, payload, ref position))
        {
            return CodingStatus.Truncated;
        }

        // The reference writes counts of 15 and more in several nibbles; no value below 2^28 needs them.
        if (nibbles > MaxNibbles)
        {
            return CodingStatus.LimitExceeded;
        }

        for (int i = 0; i < nibbles; i++)
        {
            raw |= Rans64.DecodeRawStep(ref state, NibbleBits) << (NibbleBits * i);
            if (!Refill(ref state, payload, ref position))
            {
                return CodingStatus.Truncated;
            }
        }

        return CodingStatus.Ok;
    }

    private static bool Refill(ref ulong state, ReadOnlySpan<byte> payload, ref int position) =>
        state >= Rans64.LowerBound || Rans64.TryRefill(ref state, payload, ref position, Seed);

    private static void CheckArguments(int symbols, int indexes, TableSet tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (symbols != indexes)
        {
            throw new ArgumentException($"{symbols} symbols but {indexes} table indexes; expected the same number.", nameof(indexes));
        }

        if (tables.Precision != Precision)
        {
            throw new ArgumentException($"The tables have {tables.Precision} bits; this format needs {Precision}.", nameof(tables));
        }
    }
}
