using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Images;

/// <summary>A file taken apart and matched with the codec's weights; nothing decoded yet.</summary>
internal sealed class ParsedPicture
{
    // One tile, the weights and the run time.
    private const long DecoderBaseBytes = 300L << 20;
    private readonly PictureTrack _colour;
    private readonly DataUnit _unit;

    private ParsedPicture(NcfFile file, PictureTrack colour, DataUnit unit) => (File, _colour, _unit) = (file, colour, unit);

    internal NcfFile File { get; }

    internal static ParsedPicture Read(ReadOnlyMemory<byte> bytes, NcfLimits limits, IPictureCodec codec) =>
        Match(NcfFile.Parse(bytes, limits), limits, codec);

    internal static ParsedPicture Match(NcfFile file, NcfLimits limits, IPictureCodec codec)
    {
        PictureTrack colour = file.ColourTrack;
        DataUnit unit = OnlyUnit(file, colour);
        if (colour.BitDepth != 8 || colour.Layout is not (PictureLayout.Rgb or PictureLayout.Grey))
        {
            throw new UnsupportedBitstreamException($"The picture has {colour.BitDepth} bits and layout {colour.Layout}; this codec reads 8-bit RGB and grey.");
        }

        limits.CheckDecoderMemory((colour.PixelCount * codec.DecoderBytesPerPixel) + DecoderBaseBytes);
        ModelReference model = file.ModelOf(colour)
            ?? throw new InvalidBitstreamException("The file names no model for its picture.");
        if (!model.Entropy.Matches(codec.EntropyFingerprint))
        {
            throw new ModelMismatchException(
                $"The file was made with weights {model.Describe()}; these are {codec.EntropyFingerprint}. Install the weights it names, or use the version that wrote it.");
        }

        if (unit.Coder != codec.Coder && unit.Coder != CoderId.ModelDefined)
        {
            throw new UnsupportedBitstreamException($"The picture is coded with {unit.Coder}; its model uses {codec.Coder}.");
        }

        return new ParsedPicture(file, colour, unit);
    }

    /// <summary>The unit of the colour picture.</summary>
    internal DataUnit Unit => _unit;

    /// <summary>The content check of its payload.</summary>
    internal CheckMode Check => _unit.Check switch
    {
        ContentCheck.Normal => CheckMode.Check31,
        ContentCheck.Short => CheckMode.Check16,
        _ => CheckMode.None,
    };

    /// <summary>What the check covers besides the symbols.</summary>
    internal byte[] Context(IPictureCodec codec) => ContentContext.Of(_colour, _unit.RatePoint, codec.EntropyFingerprint);

    internal ImageLatent DecodeLatent(IPictureCodec codec, CodecWatch watch) =>
        codec.DecodeLatent(_unit.Payloads[0], _unit.Offset, _colour.Width, _colour.Height, _unit.RatePoint, Context(codec), Check, watch);

    internal byte[]? DecodeAlpha() => DecodeAlpha(File);

    /// <summary>The alpha plane of a file; null if it has none. Needs no model.</summary>
    internal static byte[]? DecodeAlpha(NcfFile file)
    {
        if (file.AlphaTrack is not { } track)
        {
            return null;
        }

        DataUnit unit = OnlyUnit(file, track);
        PictureTrack? colour = file.Tracks.OfType<PictureTrack>().FirstOrDefault(t => t.Role == TrackRole.Colour);
        if (unit.Coder != CoderId.Brotli || track.BitDepth != 8 || (colour is not null && (track.Width != colour.Width || track.Height != colour.Height)))
        {
            throw new UnsupportedBitstreamException($"The alpha plane is {track.Width} x {track.Height}, {track.BitDepth} bits, coded with {unit.Coder}; this reader needs the picture's size, 8 bits and Brotli.");
        }

        return AlphaPlane.Decode(unit.Payloads[0].Span, track.Width, track.Height, unit.Offset);
    }

    /// <summary>The picture that the user had: grey again if it was, with its alpha and metadata.</summary>
    internal Image Assemble(byte[] rgb)
    {
        var metadata = new ImageMetadata
        {
            Exif = Item(MetadataKey.Exif),
            Xmp = Item(MetadataKey.Xmp),
            Iptc = Item(MetadataKey.Iptc),
            Icc = File.IccProfile?.ToArray(),
        };
        Image colour = _colour.Layout == PictureLayout.Grey
            ? new Image(_colour.Width, _colour.Height, ImageLayout.Gray, ToGray(rgb), metadata)
            : new Image(_colour.Width, _colour.Height, ImageLayout.Rgb, rgb, metadata);
        return DecodeAlpha() is { } alpha ? colour.WithAlpha(alpha) : colour;
    }

    internal IReadOnlyList<string> Warnings(IPictureCodec codec)
    {
        ModelReference model = File.ModelOf(_colour)!;
        return model.Synthesis.IsEmpty || model.Synthesis.Matches(codec.SynthesisFingerprint) ? [] :
            [$"The file was made for synthesis weights {model.Synthesis}; these are {codec.SynthesisFingerprint}. The picture may look different."];
    }

    private byte[]? Item(MetadataKey key) => File.Metadata.FirstOrDefault(m => m.Key == key)?.Bytes.ToArray();

    private static DataUnit OnlyUnit(NcfFile file, PictureTrack track)
    {
        DataUnit[] units = [.. file.UnitsOf(track)];
        if (units.Length != 1 || units[0].Payloads.Count != 1)
        {
            throw new UnsupportedBitstreamException($"A track has {units.Length} units; this reader needs one with one payload.");
        }

        return units[0];
    }

    // The network saw three equal channels; their mean is its best answer for the one.
    private static byte[] ToGray(byte[] rgb)
    {
        byte[] gray = new byte[rgb.Length / 3];
        for (int i = 0; i < gray.Length; i++)
        {
            gray[i] = (byte)((rgb[3 * i] + rgb[(3 * i) + 1] + rgb[(3 * i) + 2] + 1) / 3);
        }

        return gray;
    }
}
