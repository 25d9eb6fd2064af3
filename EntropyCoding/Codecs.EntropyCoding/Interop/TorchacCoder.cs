using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Codecs.EntropyCoding.Interop;

/// <summary>Reads and writes the byte strings of torchac, a bit-wise arithmetic coder with 16-bit tables.</summary>
/// <remarks>
/// <para>Tables: row i of Lp entries belongs to symbol i; symbol s in 0..Lp - 2 owns the slots entry(s) .. entry(s + 1) - 1 of 2^16, the last entry always
/// counts as 2^16. Entries are stored as int16 and read as the same 16 bits without sign, so starts from 32768 up are negative numbers.</para>
/// <para>low = 0, high = 2^32 - 1 at the start. A symbol with the slots lo..hi - 1: span = high - low + 1, high = low - 1 + (span * hi >> 16), low += span * lo >> 16.
/// While the top bits of both agree, that bit goes out, followed by as many inverse bits as are pending, and both shift by one (a 1 enters high); while
/// low begins with 01 and high with 10, a bit becomes pending and the second bit of both is removed. The end: one more pending, then a bit 0 if low &lt; 2^30,
/// else 1, with the pending inverse bits; zero bits fill the byte. First bit in the most significant place. No symbols give the byte 0x40.</para>
/// <para>Where the original is undefined this class has errors instead. Encoding: a symbol outside 0..Lp - 2 reads outside the table there; a row that does
/// not increase gives an empty or inverted interval, whose loop may not end. Decoding: the original reads zeros behind the end and checks neither the
/// end nor the length, so cut, extended and damaged strings give symbols; here the string must end as the encoder ends it, which is no content check.
/// Table import: see <see cref="Quantize"/>.</para>
/// <para>Source: I. H. Witten, R. M. Neal, J. G. Cleary, "Arithmetic coding for data compression", 1987, in the 32-bit form of M. Nelson; F. Mentzer's torchac 0.9.3.</para>
/// </remarks>
public static class TorchacCoder
{
    private const int Precision = 16;
    private const int MaxEntries = short.MaxValue + 2;
    private const int CodeBits = 32;
    private const uint Half = 1u << 31;
    private const uint Quarter = 1u << 30;

    /// <summary>Encodes symbols (the original's <c>encode_int16_normalized_cdf</c>).</summary>
    /// <param name="symbols">Values, each in 0..<paramref name="entries"/> - 2.</param>
    /// <param name="rows">Tables as int16 bit patterns: one row for each symbol, or a single row for all.</param>
    /// <param name="entries">Entries per row (Lp), 2..32769: symbols are int16.</param>
    /// <param name="destination">Where the string goes.</param>
    /// <returns>Bytes written, at least 1.</returns>
    /// <exception cref="ArgumentException">The size of the tables is wrong, a row does not increase strictly from 0, or a symbol is out of range.</exception>
    public static int Encode(ReadOnlySpan<short> symbols, ReadOnlySpan<short> rows, int entries, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        int stride = CheckRows(symbols.Length, rows, entries);
        var bits = new TorchacBitWriter(destination);
        uint low = 0;
        uint high = uint.MaxValue;
        for (int i = 0; i < symbols.Length; i++)
        {
            int symbol = symbols[i];
            if ((uint)symbol >= (uint)entries - 1)
            {
                RejectSymbol(i, symbol, entries);
            }

            Narrow(rows.Slice(i * stride, entries), symbol, ref low, ref high);
            while (true)
            {
                if ((low ^ high) < Half)
                {
                    bits.Add(low >> (CodeBits - 1));
                    (low, high) = (low << 1, high << 1 | 1);
                }
                else if (IsMiddle(low, high))
                {
                    bits.Hold();
                    (low, high) = RemoveSecondBit(low, high);
                }
                else
                {
                    break;
                }
            }
        }

        bits.Hold();
        bits.Add(low < Quarter ? 0u : 1u);
        return bits.End();
    }

    /// <summary>Decodes symbols.</summary>
    /// <param name="payload">The whole string.</param>
    /// <param name="rows">Tables as int16 bit patterns: one row for each symbol, or a single row for all.</param>
    /// <param name="entries">Entries per row (Lp), 2..32769: symbols are int16.</param>
    /// <param name="symbols">Receives the symbols. Their number is the caller's: the string does not tell it.</param>
    /// <returns><see cref="CodingStatus.Ok"/> only for the length and the end that the encoder gives; <see cref="CodingStatus.Truncated"/>,
    /// <see cref="CodingStatus.TrailingData"/> or <see cref="CodingStatus.CheckFailed"/> otherwise.</returns>
    /// <exception cref="ArgumentException">The size of the tables is wrong, or a row does not increase strictly from 0.</exception>
    public static CodingStatus Decode(ReadOnlySpan<byte> payload, ReadOnlySpan<short> rows, int entries, Span<short> symbols)
    {
        int stride = CheckRows(symbols.Length, rows, entries);
        uint low = 0;
        uint high = uint.MaxValue;
        uint value = 0;
        long position = 0;
        while (position < CodeBits)
        {
            value = value << 1 | Bit(payload, position++);
        }

        for (int i = 0; i < symbols.Length; i++)
        {
            ReadOnlySpan<short> row = rows.Slice(i * stride, entries);
            ulong span = (ulong)high - low + 1;
            uint slot = (uint)((((ulong)value - low + 1 << Precision) - 1) / span);
            int symbol = Find(row, slot);
            symbols[i] = (short)symbol;
            Narrow(row, symbol, ref low, ref high);
            while (true)
            {
                if ((low ^ high) < Half)
                {
                    (low, high) = (low << 1, high << 1 | 1);
                    value = value << 1 | Bit(payload, position++);
                }
                else if (IsMiddle(low, high))
                {
                    (low, high) = RemoveSecondBit(low, high);
                    value = value - Quarter << 1 | Bit(payload, position++);
                }
                else
                {
                    break;
                }
            }
        }

        // One bit went out or became pending for each that was read behind the first 32; the end adds two.
        long expected = (position - CodeBits + 2 + 7) >> 3;
        if (payload.Length != expected)
        {
            return payload.Length < expected ? CodingStatus.Truncated : CodingStatus.TrailingData;
        }

        return value == (low < Quarter ? Quarter : Half) ? CodingStatus.Ok : CodingStatus.CheckFailed;
    }

    /// <summary>Turns float cumulative probabilities into a row by the original's rule: round(F * (2^16 - (Lp - 1))), as int16, plus 0, 1, .. Lp - 1.</summary>
    /// <param name="cumulative">float32 values of Lp entries, not decreasing from 0 to 1; 2..32769 of them.</param>
    /// <param name="row">Receives as many entries.</param>
    /// <remarks>
    /// Rounds half to even in float32. The original casts numbers above 32767 to int16, which C++ leaves undefined and some machines saturate; here they wrap,
    /// as its decoder expects. Float-dependent: run it once, at import, and keep the integers.
    /// </remarks>
    /// <exception cref="ArgumentException">The lengths differ, or the numbers are no cumulative distribution.</exception>
    public static void Quantize(ReadOnlySpan<float> cumulative, Span<short> row)
    {
        CheckEntries(cumulative.Length, nameof(cumulative));
        if (row.Length != cumulative.Length)
        {
            throw new ArgumentException($"The row has {row.Length} entries; expected {cumulative.Length}.", nameof(row));
        }

        if (cumulative[0] != 0 || cumulative[^1] != 1)
        {
            throw new ArgumentException($"The values run from {cumulative[0]} to {cumulative[^1]}; expected 0 to 1.", nameof(cumulative));
        }

        float scale = (1 << Precision) - (cumulative.Length - 1);
        for (int i = 0; i < cumulative.Length; i++)
        {
            if (i > 0 && !(cumulative[i] >= cumulative[i - 1]))
            {
                throw new ArgumentException($"Value {i} is {cumulative[i]} behind {cumulative[i - 1]}; expected no decrease.", nameof(cumulative));
            }

            row[i] = unchecked((short)((int)MathF.Round(cumulative[i] * scale) + i));
        }
    }

    private static void Narrow(ReadOnlySpan<short> row, int symbol, ref uint low, ref uint high)
    {
        // Behind a renormalisation span > 2^30, so every slot of the table has at least 2^14 numbers.
        ulong span = (ulong)high - low + 1;
        high = (uint)(low - 1 + (span * End(row, symbol) >> Precision));
        low = (uint)(low + (span * (ushort)row[symbol] >> Precision));
    }

    private static uint End(ReadOnlySpan<short> row, int symbol) => symbol + 2 == row.Length ? 1u << Precision : (ushort)row[symbol + 1];

    private static bool IsMiddle(uint low, uint high) => low >= Quarter && high < Half + Quarter;

    private static (uint Low, uint High) RemoveSecondBit(uint low, uint high) => (low << 1 & (Half - 1), high << 1 | (Half + 1));

    // The last symbol whose entry is not above the slot.
    private static int Find(ReadOnlySpan<short> row, uint slot)
    {
        int first = 0;
        int behind = row.Length - 1;
        while (behind - first > 1)
        {
            int middle = (first + behind) >> 1;
            if ((ushort)row[middle] <= slot)
            {
                first = middle;
            }
            else
            {
                behind = middle;
            }
        }

        return first;
    }

    private static uint Bit(ReadOnlySpan<byte> payload, long position) =>
        position >> 3 < payload.Length ? (uint)payload[(int)(position >> 3)] >> (int)(7 - (position & 7)) & 1 : 0;

    // Returns the distance of the rows: 0 if all symbols share one.
    private static int CheckRows(int symbols, ReadOnlySpan<short> rows, int entries)
    {
        CheckEntries(entries, nameof(entries));
        if (rows.Length != entries && rows.Length != (long)entries * symbols)
        {
            throw new ArgumentException($"{rows.Length} table entries for {symbols} symbols of {entries} entries; expected one row for each or one for all.", nameof(rows));
        }

        for (int first = 0; first < rows.Length; first += entries)
        {
            ReadOnlySpan<short> row = rows.Slice(first, entries);
            for (int i = 0; i + 1 < entries; i++)
            {
                if (i == 0 ? row[0] != 0 : (ushort)row[i] <= (ushort)row[i - 1])
                {
                    throw new ArgumentException($"Row {first / entries} has {(ushort)row[i]} at entry {i}; expected strictly increasing numbers from 0.", nameof(rows));
                }
            }
        }

        return rows.Length == entries ? 0 : entries;
    }

    private static void CheckEntries(int entries, string name)
    {
        if (entries is < 2 or > MaxEntries)
        {
            throw new ArgumentException($"{entries} entries; expected 2..{MaxEntries}.", name);
        }
    }

    [DoesNotReturn]
    private static void RejectSymbol(int index, int symbol, int entries) =>
        throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"Symbol {index} is outside 0..{entries - 2}.");
}
