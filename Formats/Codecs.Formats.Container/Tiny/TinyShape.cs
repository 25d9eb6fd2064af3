using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The kinds of Tiny files, and how each writes its shape.</summary>
internal static class TinyShape
{
    private const string Place = "Tiny header";
    private const int MonoKind = 3;
    private const int StereoKind = 4;
    private const int TensorKind = 5;
    private const int GeometryKind = 6;
    private const int RankShift = 4;

    /// <summary>The kind (three bits) of a track that fits.</summary>
    public static int KindOf(Track track) => track switch
    {
        PictureTrack picture => (int)picture.Layout,
        AudioTrack audio => audio.Channels == 1 ? MonoKind : StereoKind,
        TensorTrack => TensorKind,
        _ => GeometryKind,
    };

    /// <summary>What a file with such a track is.</summary>
    public static MediaKind MediaOf(Track track) => track switch
    {
        PictureTrack => MediaKind.Still,
        AudioTrack => MediaKind.Audio,
        TensorTrack => MediaKind.Tensors,
        _ => MediaKind.Geometry,
    };

    /// <summary>Why a track does not fit, or null.</summary>
    public static string? FindObstacle(Track track)
    {
        if (track.Id != 0 || track.Model != 0 || track.UnitTicks != 0)
        {
            return $"track {track.Id} with model {track.Model} and {track.UnitTicks} ticks per unit; it has track 0, model 0 and no clock";
        }

        // What the header cannot say must be what it means: compare with a track that says no more than the header does.
        Track plain = track switch
        {
            PictureTrack p => new PictureTrack { Width = p.Width, Height = p.Height, Layout = p.Layout },
            AudioTrack a => new AudioTrack { Channels = a.Channels, Samples = a.Samples },
            GeometryTrack g => new GeometryTrack { Primitive = g.Primitive, Count = g.Count },
            _ => track,
        };
        return track switch
        {
            PictureTrack { Layout: > PictureLayout.Rgba } picture => $"layout {picture.Layout}; it holds RGB, grey and RGBA",
            AudioTrack { Channels: not (1 or 2) } audio => $"{audio.Channels} channels; it holds mono or stereo",
            AudioTrack { Samples: 0 } => "no known number of samples",
            AudioTrack when track != plain => "a sample rate of its own, or a pre-skip, gain or channel layout; it has the model's rate and nothing else",
            PictureTrack when track != plain => "another role, depth, colour space or orientation than an upright 8-bit sRGB picture",
            GeometryTrack when track != plain => "attributes or a box; it has the box from -1 to 1 and no attributes",
            _ => null,
        };
    }

    /// <summary>Writes the shape of a track that fits.</summary>
    public static void Write(IBufferWriter<byte> output, Track track)
    {
        switch (track)
        {
            case PictureTrack picture:
                Throw.IfNotIn(picture.Width, 1, NcfLimits.Hard.MaxDimension, "width");
                Throw.IfNotIn(picture.Height, 1, NcfLimits.Hard.MaxDimension, "height");
                Varint.Write(output, (ulong)picture.Width - 1);
                Varint.Write(output, (ulong)picture.Height - 1);
                break;
            case AudioTrack audio:
                Throw.IfNotIn(audio.Samples, 1, NcfLimits.Hard.MaxSamplesPerUnit, "samples");
                Varint.Write(output, (ulong)audio.Samples - 1);
                break;
            case TensorTrack tensor:
                TensorTrackCodec.Check(tensor);
                output.Write([(byte)((int)tensor.Type | (tensor.Shape.Count << RankShift))]);
                foreach (long dimension in tensor.Shape)
                {
                    Varint.Write(output, (ulong)dimension - 1);
                }

                break;
            case GeometryTrack geometry:
                Throw.IfNotIn((int)geometry.Primitive, 0, (int)GeometryPrimitive.Splats, "primitive");
                Throw.IfNotIn(geometry.Count, 0, NcfLimits.Hard.MaxElements, "element count");
                output.Write([(byte)geometry.Primitive]);
                Varint.Write(output, (ulong)geometry.Count);
                break;
        }
    }

    /// <summary>Reads the shape of a kind.</summary>
    public static Track Read(ref ByteCursor cursor, int kind, NcfLimits limits)
    {
        long at = cursor.Offset;
        switch (kind)
        {
            case <= (int)PictureLayout.Rgba:
                ulong width = cursor.ReadVarint("width") + 1;
                ulong height = cursor.ReadVarint("height") + 1;
                limits.CheckPicture(Place, at, width, height);
                return new PictureTrack { Width = (int)width, Height = (int)height, Layout = (PictureLayout)kind };
            case MonoKind or StereoKind:
                ulong samples = cursor.ReadVarint("samples") + 1;
                limits.CheckUnitSamples((long)samples);
                return new AudioTrack { Channels = kind == MonoKind ? 1 : 2, Samples = (long)samples };
            case TensorKind:
                byte typeAndRank = cursor.ReadByte("type and rank");
                int type = typeAndRank & ((1 << RankShift) - 1);
                int rank = typeAndRank >> RankShift;
                TensorTrackCodec.RequireKnown(Place, type, rank);
                return new TensorTrack { Type = (ElementType)type, Shape = TensorTrackCodec.ReadShape(ref cursor, Place, rank, 1, limits) };
            case GeometryKind:
                byte primitive = cursor.ReadByte("primitive");
                ulong count = cursor.ReadVarint("count");
                limits.CheckElements(Place, at, "element count", count);
                return primitive <= (byte)GeometryPrimitive.Splats
                    ? new GeometryTrack { Primitive = (GeometryPrimitive)primitive, Count = (long)count }
                    : throw new UnsupportedBitstreamException($"{Place}: primitive {primitive}; this build knows 0 to 3");
            default:
                throw new UnsupportedBitstreamException($"{Place}: kind {kind}; this build reads kinds 0 (RGB) to 6 (3D)");
        }
    }
}
