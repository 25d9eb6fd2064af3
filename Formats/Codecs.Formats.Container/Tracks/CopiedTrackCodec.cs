using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The fields of TRAK for copied streams.</summary>
internal static class CopiedTrackCodec
{
    /// <summary>Reads the fields after the kind.</summary>
    public static CopiedTrack Read(ref ByteCursor cursor, int id)
    {
        string type = cursor.ReadText("media type", NcfLimits.Default.MaxTextBytes);
        return TextRules.IsMediaType(type)
            ? new CopiedTrack { Id = id, MediaType = type, UnitTicks = cursor.ReadOptionalInt64("ticks of a unit") }
            : throw cursor.Fault($"'{type}' is no media type");
    }

    /// <summary>Writes the fields after the kind.</summary>
    public static void Write(IBufferWriter<byte> output, CopiedTrack track)
    {
        if (!TextRules.IsMediaType(track.MediaType))
        {
            throw new ArgumentException($"'{track.MediaType}' is no media type such as {CopiedTrack.MatroskaAudio}.", nameof(track));
        }

        TextRules.Write(output, track.MediaType);
        new OptionalFields().Varint(track.UnitTicks).WriteTo(output);
    }
}
