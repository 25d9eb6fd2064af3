using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>The 3D fields of TRAK.</summary>
internal static class GeometryTrackCodec
{
    private const int AttributeBytes = 3;
    private const int BoxBytes = 6 * sizeof(float);

    /// <summary>Reads the fields after the kind.</summary>
    public static GeometryTrack Read(ref ByteCursor cursor, int id, NcfLimits limits)
    {
        byte primitive = cursor.ReadByte("primitive");
        if (primitive > (byte)GeometryPrimitive.Splats)
        {
            throw new UnsupportedBitstreamException($"Track {id} is made of primitive {primitive}, this build knows 0 to 3");
        }

        long at = cursor.Offset;
        ulong count = cursor.ReadVarint("count");
        limits.CheckElements("TRAK", at, "element count", count);
        GeometryChannel[] attributes = ReadAttributes(cursor.ReadBytes(AttributeBytes * cursor.ReadByte("attribute count"), "attributes"), id);
        BoundingBox box = ReadBox(cursor.ReadBytes(BoxBytes, "bounding box"));
        if (!box.IsValid)
        {
            throw cursor.Fault("the bounding box has corners that are not finite or not in order");
        }

        return new GeometryTrack
        {
            Id = id,
            Primitive = (GeometryPrimitive)primitive,
            Count = (long)count,
            Attributes = attributes,
            Box = box,
            Model = cursor.ReadOptionalInt32("model", UnitCodec.MaxId),
            UnitTicks = cursor.ReadOptionalInt64("ticks of a unit"),
        };
    }

    /// <summary>Writes the fields after the kind.</summary>
    public static void Write(IBufferWriter<byte> output, GeometryTrack track)
    {
        Throw.IfNotIn((int)track.Primitive, 0, (int)GeometryPrimitive.Splats, "primitive");
        Throw.IfNotIn(track.Count, 0, NcfLimits.Hard.MaxElements, "element count");
        Throw.IfNotIn(track.Attributes.Count, 0, byte.MaxValue, "number of attributes");
        if (!track.Box.IsValid)
        {
            throw new ArgumentException($"The box of track {track.Id} has corners that are not finite or not in order.", nameof(track));
        }

        output.Write([(byte)track.Primitive]);
        Varint.Write(output, (ulong)track.Count);
        output.Write([(byte)track.Attributes.Count]);
        foreach (GeometryChannel attribute in track.Attributes)
        {
            Throw.IfNotIn(attribute.Components, 1, byte.MaxValue, "components of an attribute");
            Throw.IfNotIn((int)attribute.Type, 0, (int)ElementType.Bool, "element type");
            output.Write([attribute.Kind, attribute.Components, (byte)attribute.Type]);
        }

        Span<byte> box = stackalloc byte[BoxBytes];
        for (int i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(box[(4 * i)..], track.Box.Minimum[i]);
            BinaryPrimitives.WriteSingleLittleEndian(box[(12 + (4 * i))..], track.Box.Maximum[i]);
        }

        output.Write(box);
        new OptionalFields().Varint(track.Model).Varint(track.UnitTicks).WriteTo(output);
    }

    private static GeometryChannel[] ReadAttributes(ReadOnlySpan<byte> bytes, int id)
    {
        GeometryChannel[] attributes = new GeometryChannel[bytes.Length / AttributeBytes];
        for (int i = 0; i < attributes.Length; i++)
        {
            ReadOnlySpan<byte> fields = bytes[(AttributeBytes * i)..];
            attributes[i] = fields[1] > 0 && fields[2] <= (byte)ElementType.Bool
                ? new GeometryChannel(fields[0], fields[1], (ElementType)fields[2])
                : throw new UnsupportedBitstreamException(
                    $"Attribute {i} of track {id} has {fields[1]} components of type {fields[2]}; this build reads 1 to 255 of types 0 to 9");
        }

        return attributes;
    }

    private static BoundingBox ReadBox(ReadOnlySpan<byte> bytes)
    {
        Vector3 minimum = default;
        Vector3 maximum = default;
        for (int i = 0; i < 3; i++)
        {
            minimum[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
            maximum[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(12 + (4 * i))..]);
        }

        return new BoundingBox(minimum, maximum);
    }
}
