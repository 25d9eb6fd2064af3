using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The tensor fields of TRAK.</summary>
internal static class TensorTrackCodec
{
    /// <summary>Reads the fields after the kind.</summary>
    public static TensorTrack Read(ref ByteCursor cursor, int id, NcfLimits limits)
    {
        byte type = cursor.ReadByte("element type");
        byte rank = cursor.ReadByte("rank");
        RequireKnown($"Track {id}", type, rank);
        long[] shape = ReadShape(ref cursor, "TRAK", rank, 0, limits);
        return new TensorTrack
        {
            Id = id,
            Type = (ElementType)type,
            Shape = shape,
            Model = cursor.ReadOptionalInt32("model", UnitCodec.MaxId),
            UnitTicks = cursor.ReadOptionalInt64("ticks of a unit"),
        };
    }

    /// <summary>Reads dimensions and bounds their product.</summary>
    /// <param name="cursor">Stands before the first dimension.</param>
    /// <param name="place">For messages.</param>
    /// <param name="rank">How many.</param>
    /// <param name="bias">What is added to each stored value.</param>
    /// <param name="limits">Bounds the product.</param>
    public static long[] ReadShape(ref ByteCursor cursor, string place, int rank, ulong bias, NcfLimits limits)
    {
        long[] shape = new long[rank];
        UInt128 elements = 1;
        for (int i = 0; i < rank; i++)
        {
            long at = cursor.Offset;
            ulong dimension = cursor.ReadVarint("dimension") + bias;
            if (dimension == 0)
            {
                throw new InvalidBitstreamException($"{place}: dimension {i} is 0, expected at least 1", at);
            }

            // Both factors are below 2^63, so the product cannot wrap.
            elements *= dimension;
            limits.CheckElements(place, at, "element count", (ulong)UInt128.Min(elements, ulong.MaxValue));
            shape[i] = (long)dimension;
        }

        return shape;
    }

    /// <summary>Refuses types and ranks of the future.</summary>
    public static void RequireKnown(string who, int type, int rank)
    {
        if (type > (int)ElementType.Bool || rank > TensorTrack.MaxRank)
        {
            throw new UnsupportedBitstreamException($"{who} has element type {type} and {rank} dimensions; this build reads types 0 to 9 and up to {TensorTrack.MaxRank}");
        }
    }

    /// <summary>Refuses a shape that no file can hold.</summary>
    public static void Check(TensorTrack track)
    {
        Throw.IfNotIn((int)track.Type, 0, (int)ElementType.Bool, "element type");
        Throw.IfNotIn(track.Shape.Count, 0, TensorTrack.MaxRank, "number of dimensions");
        UInt128 elements = 1;
        foreach (long dimension in track.Shape)
        {
            Throw.IfNotIn(dimension, 1, NcfLimits.Hard.MaxElements, "dimension");
            elements *= (ulong)dimension;
            Throw.IfNotIn((long)UInt128.Min(elements, long.MaxValue), 1, NcfLimits.Hard.MaxElements, "element count");
        }
    }

    /// <summary>Writes the fields after the kind.</summary>
    public static void Write(IBufferWriter<byte> output, TensorTrack track)
    {
        Check(track);
        output.Write([(byte)track.Type, (byte)track.Shape.Count]);
        foreach (long dimension in track.Shape)
        {
            Varint.Write(output, (ulong)dimension);
        }

        new OptionalFields().Varint(track.Model).Varint(track.UnitTicks).WriteTo(output);
    }
}
