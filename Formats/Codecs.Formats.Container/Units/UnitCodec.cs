using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The DATA payload.</summary>
/// <remarks><code>
/// flags: bits 0-1 UnitAccess, 2-4 layer, 5 tile number follows, 6 timestamp follows, 7 rate point follows
/// coder: bits 0-4 coder id, 5-6 content check, 7 zero
/// </code></remarks>
internal static class UnitCodec
{
    /// <summary>Largest track, model or tile number: what 4 varint bytes hold.</summary>
    public const int MaxId = (1 << 30) - 1;

    /// <summary>Largest layer number: what three bits hold.</summary>
    public const int MaxLayer = 7;

    /// <summary>Largest number of a unit.</summary>
    public const long MaxNumber = (1L << 40) - 1;
    private const byte TileFlag = 0x20;
    private const byte TimestampFlag = 0x40;
    private const byte RatePointFlag = 0x80;

    /// <summary>Reads the fields after the track number and cuts out the payloads.</summary>
    /// <remarks>Nothing in a unit refers to another unit: what is lost takes nothing else with it.</remarks>
    /// <param name="payload">The whole chunk payload.</param>
    /// <param name="cursor">Stands behind the track number.</param>
    /// <param name="track">The track number.</param>
    /// <param name="model">The track's model, for the default rate point.</param>
    /// <param name="offset">Position of the chunk in the file.</param>
    /// <param name="limits">Bounds the number of payloads.</param>
    /// <param name="isCut">The end of the chunk is missing: only the payloads that are whole are wanted.</param>
    public static DataUnit Read(
        ReadOnlyMemory<byte> payload, ref ByteCursor cursor, int track, ModelReference? model, long offset, NcfLimits limits, bool isCut = false)
    {
        long at = cursor.Offset;
        ulong number = cursor.ReadVarint("unit number");
        NcfLimits.CheckCount("DATA", at, "unit number", number, MaxNumber, "the format");
        byte flags = cursor.ReadByte("flags");
        byte coder = cursor.ReadByte("coder");
        int check = coder >> 5;
        if ((coder & 0x1F) > (byte)CoderId.Brotli || check > (int)ContentCheck.None)
        {
            throw new UnsupportedBitstreamException($"DATA at byte {at}: coder byte {coder:x2} names a coder or a check that this build does not know");
        }

        int[] sizes = ReadSizes(ref cursor, limits);
        int? tile = (flags & TileFlag) != 0 ? cursor.ReadInt32("tile", MaxId) : null;
        long? timestamp = (flags & TimestampFlag) != 0 ? (long)cursor.ReadVarint("timestamp") : null;
        byte ratePoint = (flags & RatePointFlag) != 0 ? cursor.ReadByte("rate point") : DefaultRatePoint((CoderId)(coder & 0x1F), model);
        return new DataUnit
        {
            Track = track,
            Number = (long)number,
            Access = (UnitAccess)(flags & 3),
            Layer = (flags >> 2) & 7,
            Coder = (CoderId)(coder & 0x1F),
            Check = (ContentCheck)check,
            RatePoint = ratePoint,
            Tile = tile,
            Timestamp = timestamp,
            Offset = offset,
            Payloads = Cut(payload[cursor.Position..], sizes, ref cursor, isCut),
        };
    }

    /// <summary>Refuses a unit that no file can hold.</summary>
    public static void Check(DataUnit unit)
    {
        Throw.IfNotIn(unit.Number, 0, MaxNumber, "unit number");
        Throw.IfNotIn(unit.Layer, 0, MaxLayer, "layer");
        Throw.IfNotIn((int)unit.Access, 0, 3, "access bits");
        Throw.IfNotIn((int)unit.Coder, 0, (int)CoderId.Brotli, "coder");
        Throw.IfNotIn((int)unit.Check, 0, (int)ContentCheck.None, "check");
        Throw.IfNotIn(unit.Payloads.Count, 1, NcfLimits.Hard.MaxPayloadsPerUnit, "number of payloads");
        Throw.IfNotIn(unit.Tile ?? 0, 0, MaxId, "tile");
        Throw.IfNotIn(unit.Timestamp ?? 0, 0, (long)Varint.MaxValue, "timestamp");
    }

    /// <summary>Writes everything before the payloads of a unit that was checked.</summary>
    public static void WriteFields(IBufferWriter<byte> output, DataUnit unit, ModelReference? model)
    {
        bool statesRatePoint = unit.RatePoint != DefaultRatePoint(unit.Coder, model);
        int flags = (int)unit.Access | (unit.Layer << 2) | (unit.Tile is null ? 0 : TileFlag)
            | (unit.Timestamp is null ? 0 : TimestampFlag) | (statesRatePoint ? RatePointFlag : 0);
        Varint.Write(output, (ulong)unit.Track);
        Varint.Write(output, (ulong)unit.Number);
        output.Write([(byte)flags, (byte)((int)unit.Coder | ((int)unit.Check << 5))]);
        Varint.Write(output, (ulong)unit.Payloads.Count);
        for (int i = 0; i < unit.Payloads.Count - 1; i++)
        {
            Varint.Write(output, (ulong)unit.Payloads[i].Length);
        }

        if (unit.Tile is { } tile)
        {
            Varint.Write(output, (ulong)tile);
        }

        if (unit.Timestamp is { } timestamp)
        {
            Varint.Write(output, (ulong)timestamp);
        }

        if (statesRatePoint)
        {
            output.Write([unit.RatePoint]);
        }
    }

    private static byte DefaultRatePoint(CoderId coder, ModelReference? model) =>
        FileRules.NeedsModel(coder) && model is not null ? model.DefaultRatePoint : (byte)0;

    // All sizes but the last, which is what remains. Each takes at least a byte, so the array is no larger than the chunk allows.
    private static int[] ReadSizes(ref ByteCursor cursor, NcfLimits limits)
    {
        long at = cursor.Offset;
        ulong count = cursor.ReadVarint("payload count");
        if (count == 0 || count - 1 > (ulong)cursor.Remaining)
        {
            throw new InvalidBitstreamException($"DATA counts {count} payloads, {cursor.Remaining} bytes remain", at);
        }

        NcfLimits.CheckCount("DATA", at, "payload count", count, (ulong)limits.MaxPayloadsPerUnit, nameof(NcfLimits.MaxPayloadsPerUnit));
        int[] sizes = new int[(int)count - 1];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = cursor.ReadInt32("payload size");
        }

        return sizes;
    }

    private static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> coded, int[] sizes, ref ByteCursor cursor, bool isCut)
    {
        List<ReadOnlyMemory<byte>> payloads = new(sizes.Length + 1);
        foreach (int size in sizes)
        {
            if (size > coded.Length)
            {
                return isCut ? payloads : throw cursor.Fault($"payload {payloads.Count} has {size} bytes, {coded.Length} remain");
            }

            payloads.Add(coded[..size]);
            coded = coded[size..];
        }

        if (!isCut)
        {
            payloads.Add(coded);
        }

        return payloads;
    }
}
