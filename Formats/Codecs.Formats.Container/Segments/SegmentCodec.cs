using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>The SEGM payload: sync, sequence u32, units before, first tick, distance to the previous SEGM.</summary>
internal static class SegmentCodec
{
    /// <summary>Reads a segment's start.</summary>
    /// <param name="cursor">Stands at the payload's start.</param>
    /// <param name="offset">Position in the file of the chunk.</param>
    /// <param name="distance">Bytes back to the previous SEGM; 0 for none.</param>
    public static NcfSegment Read(ref ByteCursor cursor, long offset, out long distance)
    {
        if (!cursor.ReadBytes(NcfConstants.SegmentSync.Length, "sync").SequenceEqual(NcfConstants.SegmentSync))
        {
            throw cursor.Fault("the sync bytes are wrong");
        }

        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(cursor.ReadBytes(sizeof(uint), "sequence"));
        long units = (long)cursor.ReadVarint("units before");
        long tick = (long)cursor.ReadVarint("first tick");
        distance = (long)cursor.ReadVarint("distance to the previous segment");
        return new NcfSegment(sequence, units, tick, offset);
    }

    /// <summary>Writes a segment's start.</summary>
    public static void Write(IBufferWriter<byte> output, NcfSegment segment, long distance)
    {
        output.Write(NcfConstants.SegmentSync);
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), checked((uint)segment.Sequence));
        output.Advance(sizeof(uint));
        Varint.Write(output, (ulong)segment.UnitsBefore);
        Varint.Write(output, (ulong)segment.FirstTick);
        Varint.Write(output, (ulong)distance);
    }
}
