using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>A parsed .ncf file: everything but the decoded media. Payloads are slices of the bytes that were parsed, nothing is copied.</summary>
/// <remarks>Tiny and Full files give the same object model, so callers have one road. Parsing decodes no payload, which makes it cheap
/// enough to identify files. The format is described in docs/bitstream.md.</remarks>
public sealed class NcfFile
{
    internal NcfFile()
    {
    }

    /// <summary>Which form the file has.</summary>
    public required NcfProfile Profile { get; init; }

    /// <summary>The whole file.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Tiny: the bytes before the payload, which no checksum protects, to be mixed into a content check; see also
    /// <see cref="Track.ContentContext"/>. Full: empty, because chunks have checksums.</summary>
    public ReadOnlyMemory<byte> HeaderBytes { get; init; }

    /// <summary>What the file states beside its units.</summary>
    public required NcfHeader Header { get; init; }

    /// <summary>What the file is.</summary>
    public MediaKind Kind => Header.Kind;

    /// <summary>The tracks in file order.</summary>
    public IReadOnlyList<Track> Tracks => Header.Tracks;

    /// <summary>The models that decode the tracks.</summary>
    public IReadOnlyList<ModelReference> Models => Header.Models;

    /// <summary>The coded units in file order.</summary>
    public required IReadOnlyList<DataUnit> Units { get; init; }

    /// <summary>Metadata in file order, late pieces included; empty in a Tiny file.</summary>
    public IReadOnlyList<MetadataItem> Metadata => Header.Metadata;

    /// <summary>The ICC profile, not compressed; null when the tracks' code points say it all.</summary>
    public ReadOnlyMemory<byte>? IccProfile => Header.IccProfile;

    /// <summary>Where segments start; empty in files without segments.</summary>
    public IReadOnlyList<NcfSegment> Segments { get; init; } = [];

    /// <summary>All chunks in file order, also those that were skipped; empty in a Tiny file.</summary>
    public IReadOnlyList<ChunkInfo> Chunks { get; init; } = [];

    /// <summary>Minor version of the writer; a reader ignores what it does not know.</summary>
    public int MinorVersion { get; init; }

    /// <summary>The stored SHA-256 of everything before its chunk; null when the file has none. See <see cref="VerifyDigest"/>.</summary>
    public Fingerprint? Digest { get; init; }

    /// <summary>How many bytes <see cref="Digest"/> covers.</summary>
    internal long DigestLength { get; init; }

    /// <summary>The colour picture of a still or a video; in a 3D file its first texture.</summary>
    /// <exception cref="UnsupportedBitstreamException">The file holds no picture.</exception>
    public PictureTrack ColourTrack => PictureOf(TrackRole.Colour)
        ?? throw new UnsupportedBitstreamException($"The file holds {Kind}, no picture; use a codec for that");

    /// <summary>The alpha track of a still or a video, or null.</summary>
    public PictureTrack? AlphaTrack => PictureOf(TrackRole.Alpha);

    /// <summary>Tells from its first bytes what form a file has.</summary>
    /// <param name="start">The first bytes, two suffice for Tiny, seven for Full.</param>
    /// <returns>The form, or null when it is no .ncf file.</returns>
    public static NcfProfile? Detect(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 2 && start[0] == NcfConstants.Magic && (start[1] & TinyCodec.Mark) != 0)
        {
            return NcfProfile.Tiny;
        }

        return start.StartsWith(NcfConstants.Signature) ? NcfProfile.Full : null;
    }

    /// <summary>Parses a file and checks everything that can be checked without decoding: structure, limits, checksums.</summary>
    /// <param name="file">The whole file. It must not change while the result is in use.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <exception cref="InvalidBitstreamException">Not an .ncf file, damaged or truncated.</exception>
    /// <exception cref="UnsupportedBitstreamException">Needs a newer reader.</exception>
    /// <exception cref="LimitExceededException">Asks for more than the limits allow.</exception>
    public static NcfFile Parse(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Detect(file.Span) switch
        {
            NcfProfile.Tiny => TinyCodec.Read(file, limits),
            NcfProfile.Full => FullParser.Parse(file, limits),
            _ => throw NotThisFormat(),
        };
    }

    /// <summary>The error for foreign bytes.</summary>
    internal static InvalidBitstreamException NotThisFormat() =>
        new("This is no .ncf file: its first bytes are neither the Tiny mark nor the Full signature", 0);

    /// <summary>The units of a track in file order.</summary>
    public IEnumerable<DataUnit> UnitsOf(Track track)
    {
        ArgumentNullException.ThrowIfNull(track);
        return Units.Where(u => u.Track == track.Id);
    }

    /// <summary>The model of a track; null when the track's coders need none and none is there.</summary>
    public ModelReference? ModelOf(Track track) => Header.ModelOf(track);

    /// <summary>Compares the stored whole-file digest with the bytes. Costs one SHA-256 over the file.</summary>
    /// <returns>True when the digest is right, false when the file has none.</returns>
    /// <exception cref="InvalidBitstreamException">The bytes are not those that were digested.</exception>
    public bool VerifyDigest()
    {
        if (Digest is not { } expected)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[Fingerprint.Length];
        SHA256.HashData(Bytes.Span[..(int)DigestLength], digest);
        Fingerprint actual = new(digest);
        return actual == expected
            ? true
            : throw new InvalidBitstreamException($"The file's digest is {expected}, its bytes give {actual}; the file was changed", DigestLength);
    }

    private PictureTrack? PictureOf(TrackRole role) => Tracks.OfType<PictureTrack>().FirstOrDefault(t => t.Role == role);
}
