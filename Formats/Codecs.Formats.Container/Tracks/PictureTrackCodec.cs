using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The picture fields of TRAK.</summary>
internal static class PictureTrackCodec
{
    /// <summary>Reads the fields after the kind.</summary>
    public static PictureTrack Read(ref ByteCursor cursor, int id, NcfLimits limits)
    {
        long shapeOffset = cursor.Offset;
        ulong width = cursor.ReadVarint("width");
        ulong height = cursor.ReadVarint("height");
        limits.CheckPicture("TRAK", shapeOffset, width, height);
        byte depth = cursor.ReadByte("bit depth");
        byte layout = cursor.ReadByte("layout");
        if (depth is 0 or > 16 || layout > (byte)PictureLayout.Yuv444)
        {
            throw new UnsupportedBitstreamException($"Track {id} has {depth} bits and layout {layout}; this build reads 1 to 16 bits and layouts 0 to 5");
        }

        ReadOnlySpan<byte> cicp = cursor.ReadBytes(4, "colour code points");
        if (cicp[3] > 1)
        {
            throw cursor.Fault($"range flag is {cicp[3]}, expected 0 or 1");
        }

        int orientation = cursor.ReadOptionalByte("orientation", 1);
        int role = cursor.ReadOptionalByte("role");
        int model = cursor.ReadOptionalInt32("model", UnitCodec.MaxId);
        long unitTicks = cursor.ReadOptionalInt64("ticks of a unit");
        int aspectWidth = cursor.ReadOptionalInt32("pixel width", UnitCodec.MaxId, 1);
        int aspectHeight = cursor.ReadOptionalInt32("pixel height", UnitCodec.MaxId, 1);
        if (aspectWidth == 0 || aspectHeight == 0)
        {
            throw cursor.Fault($"pixels are {aspectWidth} : {aspectHeight}, expected at least 1 : 1");
        }

        if (orientation is < 1 or > 8)
        {
            throw cursor.Fault($"orientation is {orientation}, expected 1 to 8");
        }

        if (role > (int)TrackRole.Alpha)
        {
            throw new UnsupportedBitstreamException($"Track {id} has role {role}, this build knows roles 0 (colour) and 1 (alpha)");
        }

        return new PictureTrack
        {
            Id = id,
            Width = (int)width,
            Height = (int)height,
            BitDepth = depth,
            Layout = (PictureLayout)layout,
            Colour = new Cicp(cicp[0], cicp[1], cicp[2], cicp[3] != 0),
            Orientation = orientation,
            Role = (TrackRole)role,
            Model = model,
            UnitTicks = unitTicks,
            PixelAspect = (aspectWidth, aspectHeight),
        };
    }

    /// <summary>Writes the fields after the kind.</summary>
    public static void Write(IBufferWriter<byte> output, PictureTrack track)
    {
        Throw.IfNotIn(track.Width, 1, NcfLimits.Hard.MaxDimension, "width");
        Throw.IfNotIn(track.Height, 1, NcfLimits.Hard.MaxDimension, "height");
        Throw.IfNotIn(track.BitDepth, 1, 16, "bit depth");
        Throw.IfNotIn((int)track.Layout, 0, (int)PictureLayout.Yuv444, "layout");
        Throw.IfNotIn(track.Orientation, 1, 8, "orientation");
        Throw.IfNotIn((int)track.Role, 0, (int)TrackRole.Alpha, "role");
        Throw.IfNotIn(track.PixelAspect.Width, 1, UnitCodec.MaxId, "pixel width");
        Throw.IfNotIn(track.PixelAspect.Height, 1, UnitCodec.MaxId, "pixel height");

        Varint.Write(output, (ulong)track.Width);
        Varint.Write(output, (ulong)track.Height);
        Cicp colour = track.Colour;
        output.Write(
        [
            (byte)track.BitDepth, (byte)track.Layout,
            colour.Primaries, colour.Transfer, colour.Matrix, colour.FullRange ? (byte)1 : (byte)0,
            (byte)track.Orientation,
        ]);
        new OptionalFields().Byte((byte)track.Role).Varint(track.Model).Varint(track.UnitTicks)
            .Varint(track.PixelAspect.Width, 1).Varint(track.PixelAspect.Height, 1).WriteTo(output);
    }
}
