using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Images;

/// <summary>Everything of a file but the colour payload: decided once per picture, written around each attempt's payload.</summary>
internal sealed class FileFrame
{
    private const int ColourTrack = 0, AlphaTrack = 1, ArchiveFingerprintBytes = 32, ShortFingerprintBytes = 8;
    private readonly PictureTrack _track;
    private readonly ImageMetadata _metadata;
    private readonly byte[]? _alpha;
    private readonly bool _archive;
    private readonly ModelReference _model;
    private readonly bool _tiny;
    private readonly Fingerprint _entropy;
    private readonly CoderId _coder;

    internal FileFrame(
        int width, int height, bool isGray, ImageMetadata metadata, byte[]? alpha, ImageEncoderOptions options, IPictureCodec codec, string modelName)
    {
        _track = new PictureTrack
        {
            Id = ColourTrack,
            Width = width,
            Height = height,
            Layout = isGray ? PictureLayout.Grey : PictureLayout.Rgb,
        };
        _metadata = options.KeepMetadata ? metadata : ImageMetadata.Empty with { Icc = metadata.Icc };
        _alpha = alpha is null ? null : AlphaPlane.Encode(alpha, width);
        _archive = options.Archive;
        (_entropy, _coder) = (codec.EntropyFingerprint, codec.Coder);
        _tiny = _metadata.IsEmpty && _alpha is null && !_archive;
        int bytes = _archive ? ArchiveFingerprintBytes : ShortFingerprintBytes;
        _model = ModelReference.Create(codec.EntropyFingerprint, codec.SynthesisFingerprint, DeterminismClass.IntegerExact, bytes)
            with { Name = _tiny ? "" : Path.GetFileNameWithoutExtension(modelName) };
    }

    /// <summary>The content check of the colour payload.</summary>
    internal CheckMode Check => _tiny ? CheckMode.Check16 : CheckMode.Check31;

    /// <summary>What the content check covers besides the symbols, see <see cref="ContentContext"/>.</summary>
    internal byte[] Context(int rate) => ContentContext.Of(_track, (byte)rate, _entropy);

    internal byte[] Write(int rate, ReadOnlyMemory<byte> payload)
    {
        if (_tiny)
        {
            return NcfWriter.WriteTiny(new TinyDraft { Track = _track, Model = _model, RatePoint = (byte)rate }, payload.Span);
        }

        List<PictureTrack> tracks = [_track];
        List<DataUnit> units = [new DataUnit { Track = ColourTrack, Coder = _coder, RatePoint = (byte)rate, Payloads = [payload] }];
        if (_alpha is not null)
        {
            tracks.Add(_track with { Id = AlphaTrack, Layout = PictureLayout.Grey, Role = TrackRole.Alpha });
            units.Add(new DataUnit { Track = AlphaTrack, Coder = CoderId.Brotli, Payloads = [_alpha] });
        }

        return NcfWriter.WriteFull(new NcfDraft
        {
            Tracks = tracks,
            Models = [_model with { DefaultRatePoint = (byte)rate }],
            Units = units,
            Metadata = [.. Items()],
            IccProfile = _metadata.Icc is { } icc ? icc : (ReadOnlyMemory<byte>?)null,
            WithDigest = _archive,
        });
    }

    private IEnumerable<MetadataItem> Items()
    {
        foreach ((MetadataKey key, byte[]? bytes) in
            new[] { (MetadataKey.Exif, _metadata.Exif), (MetadataKey.Xmp, _metadata.Xmp), (MetadataKey.Iptc, _metadata.Iptc) })
        {
            if (bytes is not null)
            {
                yield return new MetadataItem(key, bytes);
            }
        }
    }
}
