using Codecs.Formats.Container;

namespace Codecs.Fuzz.Targets;

/// <summary>Small valid files of every form.</summary>
internal static class SampleFiles
{
    private static readonly ModelReference s_model =
        ModelReference.Create(Fingerprint(0x10), Fingerprint(0x80), DeterminismClass.IntegerExact, 8) with { DefaultRatePoint = 3 };

    internal static IEnumerable<byte[]> All()
    {
        yield return NcfWriter.WriteTiny(new TinyDraft { Track = new PictureTrack { Width = 768, Height = 512 }, Model = s_model, RatePoint = 7 }, Bytes(40));
        yield return NcfWriter.WriteTiny(new TinyDraft { Track = new PictureTrack { Width = 33, Height = 1, Layout = PictureLayout.Grey }, Model = s_model }, Bytes(3));
        yield return NcfWriter.WriteFull(Draft());
        yield return NcfWriter.WriteFull(Draft() with
        {
            Metadata =
            [
                new MetadataItem(MetadataKey.Exif, Bytes(60)),
                new MetadataItem(MetadataKey.Xmp, System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<rdf:li>words</rdf:li>", 30)))),
            ],
            IccProfile = Bytes(128),
            WithDigest = true,
        });
    }

    internal static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 37) + 11))];

    private static Fingerprint Fingerprint(byte first) => new([.. Enumerable.Range(first, 32).Select(i => (byte)i)]);

    private static NcfDraft Draft() => new()
    {
        Tracks = [new PictureTrack { Width = 64, Height = 48 }],
        Models = [s_model],
        Units = [new DataUnit { Coder = CoderId.R64, RatePoint = 5, Payloads = [Bytes(30), Bytes(9)] }],
    };
}
