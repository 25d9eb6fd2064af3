using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The TRAK payload.</summary>
internal static class TrackCodec
{
    private const byte KindPicture = 0;

    /// <summary>Reads one picture track.</summary>
    public static PictureTrack Read(ref ByteCursor cursor, NcfLimits limits)
    {
        int id = cursor.ReadInt32("id", UnitCodec.MaxId);
        byte kind = cursor.ReadByte("kind");
        if (kind != KindPicture)
        {
            throw new UnsupportedBitstreamException($"Track {id} is of kind {kind}, this build reads kind {KindPicture} (picture)");
        }

        int shapeOffset = cursor.Offset;
        ulong width = cursor.ReadVarint("width");
        ulong height = cursor.ReadVarint("height");
        limits.CheckPicture("TRAK", shapeOffset, width, height);
        byte depth = cursor.ReadByte("bit depth");
        byte layout = cursor.ReadByte("layout");
        if (depth is 0 or > 16 || layout > (byte)PictureLayout.Rgba)
        {
            throw new UnsupportedBitstreamException($"Track {id} has {depth} bits and layout {layout}; this build reads 1 to 16 bits and layouts 0 to 2");
        }

        ReadOnlySpan<byte> cicp = cursor.ReadBytes(4, "colour code points");
        if (cicp[3] > 1)
        {
            throw cursor.Fault($"range flag is {cicp[3]}, expected 0 or 1");
        }

        // Appended fields: a missing one has its default, an unknown one after them is ignored.
        int orientation = cursor.Remaining > 0 ? cursor.ReadByte("orientation") : 1;
        int role = cursor.Remaining > 0 ? cursor.ReadByte("role") : 0;
        int model = cursor.Remaining > 0 ? cursor.ReadInt32("model", UnitCodec.MaxId) : 0;
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
        };
    }

    /// <summary>Writes one picture track.</summary>
    public static void Write(IBufferWriter<byte> output, PictureTrack track)
    {
        Throw.IfNotIn(track.Id, 0, UnitCodec.MaxId, "track number");
        Throw.IfNotIn(track.Width, 1, NcfLimits.Hard.MaxDimension, "width");
        Throw.IfNotIn(track.Height, 1, NcfLimits.Hard.MaxDimension, "height");
        Throw.IfNotIn(track.BitDepth, 1, 16, "bit depth");
        Throw.IfNotIn((int)track.Layout, 0, (int)PictureLayout.Rgba, "layout");
        Throw.IfNotIn(track.Orientation, 1, 8, "orientation");
        Throw.IfNotIn((int)track.Role, 0, (int)TrackRole.Alpha, "role");
        Throw.IfNotIn(track.Model, 0, UnitCodec.MaxId, "model number");

        Varint.Write(output, (ulong)track.Id);
        output.Write([KindPicture]);
        Varint.Write(output, (ulong)track.Width);
        Varint.Write(output, (ulong)track.Height);
        Cicp colour = track.Colour;
        output.Write(
        [
            (byte)track.BitDepth, (byte)track.Layout,
            colour.Primaries, colour.Transfer, colour.Matrix, colour.FullRange ? (byte)1 : (byte)0,
            (byte)track.Orientation,
        ]);
        if (track.Role != TrackRole.Colour || track.Model != 0)
        {
            output.Write([(byte)track.Role]);
        }

        if (track.Model != 0)
        {
            Varint.Write(output, (ulong)track.Model);
        }
    }
}
