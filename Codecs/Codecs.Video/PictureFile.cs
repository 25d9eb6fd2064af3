using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>Pictures as clips of one frame: a still with one key group; alpha beside it without loss, metadata as it was.</summary>
internal static class PictureFile
{
    private const int ColourTrack = 0, AlphaTrack = 1;

    /// <exception cref="NotSupportedException">The codec keeps no pictures of this kind.</exception>
    internal static byte[] Encode(IClipCodec codec, string name, Image image, VideoEncoderOptions options, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        (Image colour, byte[]? alpha) = image.SplitAlpha();
        VideoFormat format = new(image.Width, image.Height, image.IsGray ? ChromaFormat.Grey : ChromaFormat.Rgb)
        {
            Primaries = Cicp.Srgb.Primaries,
            Transfer = Cicp.Srgb.Transfer,
            Matrix = Cicp.Srgb.Matrix,
            FullRange = true,
        };
        if (codec.Accept(format) != format)
        {
            throw new NotSupportedException($"'{name}' keeps no pictures of {format.Chroma} with {format.BitDepth} bits.");
        }

        if (options.KilobitsPerSecond is not null)
        {
            throw new ArgumentException("A picture has no time: give a quality or a PSNR instead of a bitrate.", nameof(options));
        }

        using IChunkEncoder encoder = codec.CreateEncoder(
            format, new ChunkOptions { Quality = options.Quality, PsnrDb = options.PsnrDb, Effort = options.Effort, SecondsPerFrame = options.SecondsPerFrame });
        EncodedGroup coded = encoder.Encode([new VideoFrame(format, ToPlanes(colour))], progress, cancellation);
        PictureTrack track = VideoHeader.Track(format) with { Id = ColourTrack };
        List<PictureTrack> tracks = [track];
        List<DataUnit> units =
        [
            new DataUnit { Track = ColourTrack, Coder = codec.Coder, RatePoint = VideoHeader.RatePoint(options.Quality), Payloads = [GroupTimes.Encode([0], 0), .. coded.Payloads] },
        ];
        if (alpha is not null)
        {
            tracks.Add(track with { Id = AlphaTrack, Layout = PictureLayout.Grey, Role = TrackRole.Alpha });
            units.Add(new DataUnit { Track = AlphaTrack, Coder = CoderId.Brotli, Payloads = [AlphaPlane.Encode(alpha, image.Width)] });
        }

        return NcfWriter.WriteFull(new NcfDraft
        {
            Tracks = tracks,
            Models = [VideoHeader.Model(codec, name, options)],
            Units = units,
            Metadata = options.KeepMetadata ? [.. Items(image.Metadata)] : [],
            IccProfile = image.Metadata.Icc is { } icc ? icc : (ReadOnlyMemory<byte>?)null,
            WithDigest = options.Archive,
        });
    }

    /// <exception cref="UnsupportedBitstreamException">The file is no picture.</exception>
    /// <exception cref="InvalidBitstreamException">The file is damaged.</exception>
    internal static Image Decode(IClipCodec codec, ReadOnlyMemory<byte> bytes, NcfLimits limits, CancellationToken cancellation)
    {
        var file = NcfFile.Parse(bytes, limits);
        VideoFile video = VideoFile.Match(file.Header, codec);
        if (file.Kind != MediaKind.Still || video.Format is not { BitDepth: 8, Chroma: ChromaFormat.Rgb or ChromaFormat.Grey } format)
        {
            throw new UnsupportedBitstreamException($"The file holds {file.Kind} of {video.Format.Chroma} with {video.Format.BitDepth} bits, not a picture.");
        }

        limits.CheckDecoderMemory(2 * format.FrameBytes);
        DataUnit unit = OnlyUnit(file, video.Track);
        if (unit.Coder != codec.Coder || unit.Payloads.Count < 2)
        {
            throw new UnsupportedBitstreamException($"The picture is coded with {unit.Coder} in {unit.Payloads.Count} payloads; its model uses {codec.Coder} and at least 2.");
        }

        GroupTimes.Decode(unit.Payloads[0].Span, start: 0, unitTicks: 0, mostFrames: 1, unit.Offset);
        using IChunkDecoder decoder = codec.CreateDecoder(format);
        byte[] planes = decoder.Decode([.. unit.Payloads.Skip(1)], frames: 1, cancellation)[0].Samples;
        var metadata = new ImageMetadata
        {
            Exif = Item(file, MetadataKey.Exif),
            Xmp = Item(file, MetadataKey.Xmp),
            Iptc = Item(file, MetadataKey.Iptc),
            Icc = file.IccProfile?.ToArray(),
        };
        var image = new Image(format.Width, format.Height, format.Chroma == ChromaFormat.Grey ? ImageLayout.Gray : ImageLayout.Rgb, ToPixels(planes, format.PlaneCount), metadata);
        return file.AlphaTrack is { } track ? image.WithAlpha(DecodeAlpha(file, track)) : image;
    }

    private static byte[] DecodeAlpha(NcfFile file, PictureTrack track)
    {
        DataUnit unit = OnlyUnit(file, track);
        return unit.Coder == CoderId.Brotli && track.BitDepth == 8
            ? AlphaPlane.Decode(unit.Payloads[0].Span, track.Width, track.Height, unit.Offset)
            : throw new UnsupportedBitstreamException($"The alpha plane has {track.BitDepth} bits and is coded with {unit.Coder}; this reader needs 8 bits and Brotli.");
    }

    private static DataUnit OnlyUnit(NcfFile file, PictureTrack track)
    {
        DataUnit[] units = [.. file.UnitsOf(track)];
        return units.Length == 1 ? units[0] : throw new UnsupportedBitstreamException($"A track of the picture has {units.Length} units; this reader needs one.");
    }

    private static byte[] ToPlanes(Image image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        int channels = image.Channels, count = pixels.Length / channels;
        byte[] planes = new byte[pixels.Length];
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < count; i++)
            {
                planes[(c * count) + i] = pixels[(i * channels) + c];
            }
        }

        return planes;
    }

    private static byte[] ToPixels(byte[] planes, int channels)
    {
        int count = planes.Length / channels;
        byte[] pixels = new byte[planes.Length];
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < count; i++)
            {
                pixels[(i * channels) + c] = planes[(c * count) + i];
            }
        }

        return pixels;
    }

    private static byte[]? Item(NcfFile file, MetadataKey key) => file.Metadata.FirstOrDefault(m => m.Key == key)?.Bytes.ToArray();

    private static IEnumerable<MetadataItem> Items(ImageMetadata metadata)
    {
        foreach ((MetadataKey key, byte[]? bytes) in new[] { (MetadataKey.Exif, metadata.Exif), (MetadataKey.Xmp, metadata.Xmp), (MetadataKey.Iptc, metadata.Iptc) })
        {
            if (bytes is not null)
            {
                yield return new MetadataItem(key, bytes);
            }
        }
    }
}
