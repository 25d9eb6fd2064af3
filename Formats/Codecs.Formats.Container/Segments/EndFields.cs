using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The END payload: how many units, and where the index is.</summary>
/// <param name="UnitCount">DATA chunks of the file.</param>
/// <param name="IndexDistance">Bytes from the END chunk back to the INDX chunk; 0 for none.</param>
internal readonly record struct EndFields(long UnitCount, long IndexDistance)
{
    /// <summary>Reads the fields.</summary>
    public static EndFields Read(ref ByteCursor cursor) =>
        new((long)cursor.ReadVarint("unit count"), (long)cursor.ReadVarint("distance to the index"));

    /// <summary>Writes the fields.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        Varint.Write(output, (ulong)UnitCount);
        Varint.Write(output, (ulong)IndexDistance);
    }
}
