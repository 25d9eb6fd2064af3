namespace Codecs.EntropyCoding;

/// <summary>What the bulk coder looks up per symbol: flat arrays, made once per table set and small enough for the second-level cache.</summary>
/// <remarks>
/// <para>One byte, the code, names a value in every table of the set: value = <see cref="FirstValue"/> + code, and 255 is the escape. So all regular
/// values of the set must lie within 255 of each other; sets that do not (large alphabets) have no such tables, and the coder searches instead.</para>
/// <para><see cref="Entries"/>, at table * 256 + code: frequency in bits 16..31, start in bits 0..14. A code that is no regular value of its table has the
/// entry of the table's escape with bit 15 set, which is how the encoder notices. 1 KiB per table.</para>
/// <para>Up to 12 bits, <see cref="Packed"/>, at table * 2^n + slot: frequency in bits 20..31, slot - start in bits 8..19, code in bits 0..7. One load decodes
/// a symbol; at most 16 KiB per table.</para>
/// <para>Above, where that does not fit 32 bits, <see cref="Codes"/>, at table * 2^n + slot: the code, and <see cref="Entries"/> for the rest. 16 KiB per table.</para>
/// </remarks>
internal sealed class BulkTables
{
    /// <summary>Table indexes are bytes, so no more tables than these are reached.</summary>
    public const int MaxTables = 256;

    /// <summary>Largest precision at which one packed entry per slot is used.</summary>
    public const int MaxPackedPrecision = 12;

    /// <summary>The code of the escape.</summary>
    public const int Escape = 255;

    /// <summary>Marks entries of values that must be escaped.</summary>
    public const uint EscapedFlag = 0x8000;

    private BulkTables(TableSet set, int firstValue)
    {
        int precision = set.Precision;
        Precision = precision;
        FirstValue = firstValue;
        Count = Math.Min(set.Count, MaxTables);
        Entries = new uint[Count << 8];
        Packed = precision <= MaxPackedPrecision ? new uint[Count << precision] : [];
        Codes = precision > MaxPackedPrecision ? new byte[Count << precision] : [];
        for (int t = 0; t < Count; t++)
        {
            TableSet.Table table = set.Tables[t];
            Span<uint> entries = Entries.AsSpan(t << 8, 256);
            entries.Fill(set.Entry(table, table.Escape) | EscapedFlag);
            for (int s = 0; s <= table.Escape; s++)
            {
                uint entry = set.Entry(table, s);
                int code = s == table.Escape ? Escape : table.Offset - firstValue + s;
                if (code != Escape)
                {
                    entries[code] = entry;
                }

                FillSlots((t << precision) + (int)(entry & 0xFFFF), (int)(entry >> 16), code);
            }
        }
    }

    /// <summary>Precision n, 1..14.</summary>
    public int Precision { get; }

    /// <summary>Number of tables covered, the first ones of the set.</summary>
    public int Count { get; }

    /// <summary>The value of code 0.</summary>
    public int FirstValue { get; }

    /// <summary>Per table and code; see the class remarks.</summary>
    public uint[] Entries { get; }

    /// <summary>Per table and slot, up to 12 bits; else empty.</summary>
    public uint[] Packed { get; }

    /// <summary>Per table and slot, from 13 bits on; else empty.</summary>
    public byte[] Codes { get; }

    /// <summary>The arrays for a set, or null if its precision is above 14 bits or its values do not fit a byte.</summary>
    public static BulkTables? TryCreate(TableSet set)
    {
        int first = int.MaxValue;
        int last = int.MinValue;
        foreach (ref readonly TableSet.Table table in set.Tables[..Math.Min(set.Count, MaxTables)])
        {
            first = Math.Min(first, table.Offset);
            last = Math.Max(last, table.Offset + table.Escape - 1);
        }

        return set.Precision <= Rans32.MaxPrecision && last - first < Escape ? new BulkTables(set, first) : null;
    }

    private void FillSlots(int first, int count, int code)
    {
        if (Precision > MaxPackedPrecision)
        {
            Codes.AsSpan(first, count).Fill((byte)code);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Packed[first + i] = (uint)(count << 20 | i << 8 | code);
        }
    }
}
