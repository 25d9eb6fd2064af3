using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>The header of a video file, and the format of its frames.</summary>
internal static class VideoHeader
{
    /// <summary>Name of the text tag that says what the file was encoded with; what resuming compares.</summary>
    internal const string OptionsTag = "encoder";

    private const int ArchiveFingerprintBytes = 32, ShortFingerprintBytes = 8;

    /// <summary>What a file states of its pictures, without other tracks.</summary>
    internal static NcfHeader Create(IClipCodec codec, string name, VideoDescription description, VideoEncoderOptions options) => new()
    {
        Kind = MediaKind.Video,
        Tracks = [Track(description.Format) with { UnitTicks = description.FrameTicks }],
        Models = [Model(codec, name, options)],
        Metadata = [MetadataItem.Text(OptionsTag, $"{Path.GetFileNameWithoutExtension(name)}: {options.Describe()}"), .. options.KeepMetadata ? description.Metadata : []],
        TickRate = description.TickRate,
        TotalTicks = description.TotalTicks ?? 0,
    };

    /// <summary>The reference to the codec's weights.</summary>
    internal static ModelReference Model(IClipCodec codec, string name, VideoEncoderOptions options) =>
        ModelReference.Create(codec.EntropyFingerprint, codec.SynthesisFingerprint, codec.Determinism, options.Archive ? ArchiveFingerprintBytes : ShortFingerprintBytes)
            with { Name = Path.GetFileNameWithoutExtension(name), DefaultRatePoint = RatePoint(options.Quality) };

    /// <summary>The quality as units state it: a hint for people.</summary>
    internal static byte RatePoint(double quality) => (byte)Math.Round(quality);

    /// <summary>The track of frames.</summary>
    internal static PictureTrack Track(VideoFormat format) => new()
    {
        Width = format.Width,
        Height = format.Height,
        BitDepth = format.BitDepth,
        Layout = format.Chroma switch
        {
            ChromaFormat.Grey => PictureLayout.Grey,
            ChromaFormat.Yuv420 => PictureLayout.Yuv420,
            ChromaFormat.Yuv422 => PictureLayout.Yuv422,
            ChromaFormat.Yuv444 => PictureLayout.Yuv444,
            _ => PictureLayout.Rgb,
        },
        Colour = new Cicp(format.Primaries, format.Transfer, format.Matrix, format.FullRange),
        Orientation = format.Orientation,
        PixelAspect = format.PixelAspect,
    };

    /// <summary>The frames of a track.</summary>
    /// <exception cref="UnsupportedBitstreamException">No frame of this suite has such samples.</exception>
    internal static VideoFormat Format(PictureTrack track) => track.BitDepth is >= 8 and <= 12 && track.Layout != PictureLayout.Rgba
        ? new VideoFormat(track.Width, track.Height, Chroma(track.Layout), track.BitDepth)
        {
            Primaries = track.Colour.Primaries,
            Transfer = track.Colour.Transfer,
            Matrix = track.Colour.Matrix,
            FullRange = track.Colour.FullRange,
            Orientation = track.Orientation,
            PixelAspect = track.PixelAspect,
        }
        : throw new UnsupportedBitstreamException($"The video has {track.BitDepth} bits and layout {track.Layout}; this reader knows 8 to 12 bits without alpha.");

    private static ChromaFormat Chroma(PictureLayout layout) => layout switch
    {
        PictureLayout.Grey => ChromaFormat.Grey,
        PictureLayout.Yuv420 => ChromaFormat.Yuv420,
        PictureLayout.Yuv422 => ChromaFormat.Yuv422,
        PictureLayout.Yuv444 => ChromaFormat.Yuv444,
        _ => ChromaFormat.Rgb,
    };
}
