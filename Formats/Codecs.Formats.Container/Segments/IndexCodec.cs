using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The INDX payload: how many segments, then for each the differences to the one before of units, tick and offset.</summary>
internal static class IndexCodec
{
    private const int MinEntryBytes = 3;

    /// <summary>Reads the table; sequence numbers are not in it and count from 0.</summary>
    public static List<NcfSegment> Read(ref ByteCursor cursor)
    {
        ulong count = cursor.ReadVarint("entry count");
        if (count > (ulong)cursor.Remaining / MinEntryBytes)
        {
            throw cursor.Fault($"{count} entries are announced, {cursor.Remaining} bytes remain");
        }

        List<NcfSegment> entries = new((int)count);
        NcfSegment last = default;
        for (int i = 0; i < (int)count; i++)
        {
            last = new NcfSegment(
                i,
                Add(ref cursor, last.UnitsBefore, "units"),
                Add(ref cursor, last.FirstTick, "tick"),
                Add(ref cursor, last.Offset, "offset"));
            entries.Add(last);
        }

        return entries;
    }

    /// <summary>Writes the table.</summary>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<NcfSegment> segments)
    {
        Varint.Write(output, (ulong)segments.Count);
        NcfSegment last = default;
        foreach (NcfSegment segment in segments)
        {
            Varint.Write(output, (ulong)(segment.UnitsBefore - last.UnitsBefore));
            Varint.Write(output, (ulong)(segment.FirstTick - last.FirstTick));
            Varint.Write(output, (ulong)(segment.Offset - last.Offset));
            last = segment;
        }
    }

    private static long Add(ref ByteCursor cursor, long last, string field)
    {
        ulong sum = (ulong)last + cursor.ReadVarint(field);
        return sum <= Varint.MaxValue ? (long)sum : throw cursor.Fault($"{field} is {sum}, beyond 62 bits");
    }
}
