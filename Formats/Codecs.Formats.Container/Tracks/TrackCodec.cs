using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The TRAK payload: number, kind, then what the kind needs.</summary>
internal static class TrackCodec
{
    /// <summary>Reads one track.</summary>
    public static Track Read(ref ByteCursor cursor, NcfLimits limits)
    {
        int id = cursor.ReadInt32("id", UnitCodec.MaxId);
        byte kind = cursor.ReadByte("kind");
        return (TrackKind)kind switch
        {
            TrackKind.Picture => PictureTrackCodec.Read(ref cursor, id, limits),
            TrackKind.Audio => AudioTrackCodec.Read(ref cursor, id, limits),
            TrackKind.Geometry => GeometryTrackCodec.Read(ref cursor, id, limits),
            TrackKind.Tensor => TensorTrackCodec.Read(ref cursor, id, limits),
            TrackKind.Copied => CopiedTrackCodec.Read(ref cursor, id),
            _ => throw new UnsupportedBitstreamException(
                $"Track {id} is of kind {kind}, this build reads kinds 0 (picture), 1 (audio), 2 (3D), 3 (tensor) and 5 (copied stream)"),
        };
    }

    /// <summary>Writes one track.</summary>
    public static void Write(IBufferWriter<byte> output, Track track)
    {
        Throw.IfNotIn(track.Id, 0, UnitCodec.MaxId, "track number");
        Throw.IfNotIn(track.Model, 0, UnitCodec.MaxId, "model number");
        Throw.IfNotIn(track.UnitTicks, 0, (long)Varint.MaxValue, "ticks of a unit");
        Varint.Write(output, (ulong)track.Id);
        output.Write([(byte)track.Kind]);
        switch (track)
        {
            case PictureTrack picture:
                PictureTrackCodec.Write(output, picture);
                break;
            case AudioTrack audio:
                AudioTrackCodec.Write(output, audio);
                break;
            case GeometryTrack geometry:
                GeometryTrackCodec.Write(output, geometry);
                break;
            case TensorTrack tensor:
                TensorTrackCodec.Write(output, tensor);
                break;
            case CopiedTrack copied:
                CopiedTrackCodec.Write(output, copied);
                break;
            default:
                throw new ArgumentException($"{track.GetType().Name} is no kind of track that a file can hold.", nameof(track));
        }
    }
}
