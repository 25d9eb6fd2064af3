using System.Buffers.Binary;

namespace Codecs.EntropyCoding;

/// <summary>Parses and validates the canonical form of a <see cref="TableSet"/>. The bytes may come from anywhere.</summary>
internal static class TableSetReader
{
    /// <summary>Reads a whole serialisation; memory stays within a small multiple of its length.</summary>
    public static (int Precision, TableSet.Table[] Tables, uint[] Entries) Read(ReadOnlySpan<byte> bytes)
    {
        Need(bytes, 0, TableSet.HeaderBytes, "the table-set header");
        if (bytes[0] != TableSet.FormatVersion)
        {
            throw new UnsupportedBitstreamException($"Table set of format {bytes[0]}; this build reads format {TableSet.FormatVersion}. Use a newer version.");
        }

        int precision = bytes[1];
        if (precision is < 1 or > TableSet.MaxPrecision)
        {
            throw new InvalidBitstreamException($"Table precision is {precision} bits; expected 1..{TableSet.MaxPrecision}.", 1);
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        if (count == 0)
        {
            throw new InvalidBitstreamException("The table set holds no table; expected at least one.", 2);
        }

        if (count > TableSet.MaxTables)
        {
            throw new LimitExceededException($"The table set announces {count} tables; the limit is {TableSet.MaxTables}.");
        }

        // First pass: lengths only, so that nothing is allocated for a set that is not complete.
        int at = TableSet.HeaderBytes;
        int symbols = 0;
        for (int t = 0; t < count; t++)
        {
            Need(bytes, at, TableSet.TableHeaderBytes, $"the header of table {t}");
            int stored = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]);
            if (stored == 0 || stored >= 1 << precision)
            {
                throw new InvalidBitstreamException($"Table {t} has {stored + 1} symbols; expected 2..{1 << precision} at {precision} bits.", at + 4);
            }

            at += TableSet.TableHeaderBytes;
            Need(bytes, at, 2 * stored, $"the starts of table {t}");
            at += 2 * stored;
            symbols += stored + 1;
        }

        if (at != bytes.Length)
        {
            throw new InvalidBitstreamException($"{bytes.Length - at} bytes follow the last table; expected the end.", at);
        }

        var tables = new TableSet.Table[count];
        uint[] entries = new uint[symbols];
        at = TableSet.HeaderBytes;
        int first = 0;
        for (int t = 0; t < count; t++)
        {
            int offset = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
            int stored = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]);

            // Regular values are offset .. offset + stored - 1.
            if (offset < -Rans64.MaxMagnitude || (long)offset + stored - 1 > Rans64.MaxMagnitude)
            {
                throw new InvalidBitstreamException(
                    $"Table {t} covers the values {offset}..{(long)offset + stored - 1}; expected -{Rans64.MaxMagnitude}..{Rans64.MaxMagnitude}.", at);
            }

            at += TableSet.TableHeaderBytes;
            tables[t] = new TableSet.Table(first, stored, offset);
            ReadEntries(bytes, at, 1u << precision, entries.AsSpan(first, stored + 1), t);
            at += 2 * stored;
            first += stored + 1;
        }

        return (precision, tables, entries);
    }

    private static void ReadEntries(ReadOnlySpan<byte> bytes, int at, uint total, Span<uint> entries, int table)
    {
        uint start = 0;
        for (int s = 0; s < entries.Length; s++)
        {
            int position = at + 2 * s;
            uint end = s + 1 < entries.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[position..]) : total;
            if (end <= start || (end >= total && s + 1 < entries.Length))
            {
                throw new InvalidBitstreamException(
                    $"Start {end} follows {start} in table {table}; expected strictly increasing starts below {total}.", position);
            }

            entries[s] = start | (end - start) << 16;
            start = end;
        }
    }

    private static void Need(ReadOnlySpan<byte> bytes, int at, int needed, string what)
    {
        if (bytes.Length - at < needed)
        {
            throw new InvalidBitstreamException($"Table set needs {needed} bytes for {what}, {bytes.Length - at} remain.", at);
        }
    }
}
