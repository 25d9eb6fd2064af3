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
        yield return Film();
        yield return Sound();
    }

    // Three segments, with an index and late metadata.
    private static byte[] Film() => Stream(
        new NcfHeader
        {
            Kind = MediaKind.Video,
            Tracks = [new PictureTrack { Width = 64, Height = 48, UnitTicks = 1 }],
            Models = [s_model],
            TickRate = new TickRate(25),
            Metadata = [MetadataItem.Text("TITLE", "Film")],
        },
        [.. Enumerable.Range(0, 9).Select(i => new DataUnit
        {
            Number = i,
            Coder = CoderId.R64,
            Access = i % 3 == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None,
            Payloads = [Bytes(8 + i), Bytes(3)],
        })]);

    private static byte[] Sound() => Stream(
        new NcfHeader
        {
            Kind = MediaKind.Audio,
            Tracks = [new AudioTrack { SampleRate = 16_000, Channels = 1, Samples = 4_000, UnitTicks = 1_000 }],
            Models = [s_model],
            TickRate = new TickRate(16_000),
        },
        [.. Enumerable.Range(0, 4).Select(i => new DataUnit { Number = i, Coder = CoderId.Packed, Payloads = [Bytes(20)] })]);

    private static byte[] Stream(NcfHeader header, DataUnit[] units)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new NcfStreamWriter(output, header, new NcfWriterOptions { Segments = SegmentMode.Manual, WithDigest = true });
        foreach (DataUnit unit in units)
        {
            if (unit.IsRandomAccessPoint)
            {
                writer.StartSegment();
            }

            writer.WriteUnit(unit);
        }

        writer.WriteMetadata(MetadataItem.Text("Late", "tag"));
        writer.Complete();
        return output.WrittenSpan.ToArray();
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
