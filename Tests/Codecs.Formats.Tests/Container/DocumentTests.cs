using System.Text.RegularExpressions;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>The examples of docs/bitstream.md, made with another CRC and by hand: they stand there, the writer makes them, the reader reads them.</summary>
public partial class DocumentTests
{
    private const string StillHead = "a1 04 00 00 00 01 7b 8b c8 33";
    private const string StillTrack = "a2 0d 00 00 43 00 42 00 08 00 01 0d 00 01 01 8d 06 5c e1";
    private const string StillModel = "a3 15 00 00 08 10 11 12 13 14 15 16 17 08 20 21 22 23 24 25 26 27 03 7a 18 20 c7";
    private const string FilmHead = "a1 06 01 00 00 00 00 19 ab d7 2f 0e";
    private const string FilmTrack = "a2 10 00 00 43 00 42 00 08 00 01 0d 00 01 01 00 00 01 46 a7 3a 52";
    private const string TelevisionTrack = "a2 12 00 00 42 d0 42 40 08 03 05 05 05 00 01 00 00 01 10 0f 67 a1 14 07";
    private const string CopiedTrackExample = "a2 11 01 05 0e 61 75 64 69 6f 2f 6d 61 74 72 6f 73 6b 61 e0 45 69 d2";
    private const string GroupTimesExample = "03 21 22";
    private const string AudioTrack = "a2 14 00 01 80 00 5d c0 02 80 00 bb 80 00 41 38 00 ff 01 00 41 40 a1 70 23 a4";
    private const string GeometryTrack = "a2 21 00 02 00 53 88 01 01 03 05 00 00 80 bf 00 00 00 c0 00 00 00 00 00 00 80 3f 00 00 00 40 00 00 00 3f cf ff 27 d8";
    private const string TensorTrack = "a2 09 00 03 06 04 01 40 c0 20 30 65 82 e4 dc";
    private const string Layer = "8b 06 00 00 01 04 41 2c c3 2a 60 96";
    private const string Segment = "85 10 9e 53 59 4e 43 f1 7a 5c 01 00 00 00 04 04 40 ba e2 cb a7 c4";
    private const string Data = "a4 0c 00 00 81 01 02 02 07 aa bb cc dd ee 8c b3 41 ba";
    private const string TimedData = "a4 09 00 0a 41 00 01 4c e4 01 02 a1 9f 59 30";
    private const string Padding = "8c 02 00 00 e0 82 ce d8";
    private const string Cover = "0a 69 6d 61 67 65 2f 6a 70 65 67 ff d8 ff";
    private const string End = "a0 02 01 00 09 5c 2f 91";

    private static readonly string[] s_wholeFile =
    [
        "9e 4e 43 46 0d 0a 1a 01", "a1 07 02 00 00 00 00 5f 40 ee e0 2b 4f", "a2 0e 00 01 5f 40 01 00 00 00 00 00 00 00 40 a0 04 18 bf e8",
        "85 0f 9e 53 59 4e 43 f1 7a 5c 00 00 00 00 00 00 00 dc 40 c6 d6", "a4 06 00 00 01 00 01 aa 0a f0 9c e6", "a4 06 00 01 01 00 01 bb ca db b8 3c",
        "85 10 9e 53 59 4e 43 f1 7a 5c 01 00 00 00 02 41 40 2d d1 f7 7a ba", "a1 07 02 00 00 00 00 5f 40 ee e0 2b 4f",
        "a2 0e 00 01 5f 40 01 00 00 00 00 00 00 00 40 a0 04 18 bf e8", "a4 06 00 02 01 00 01 cc d8 5b d9 d1", "86 08 02 00 00 29 02 41 40 2d ef 83 fb 58",
        "a0 02 03 0e c0 d3 12 1a",
    ];

    public static TheoryData<string> Examples =>
    [
        StillHead, StillTrack, StillModel, FilmHead, FilmTrack, TelevisionTrack, CopiedTrackExample, GroupTimesExample, AudioTrack, GeometryTrack, TensorTrack, Layer, Segment, Data, TimedData, Padding, Cover, End,
        "9e 53 59 4e 43 f1 7a 5c", "00 08 00 03 00 00 00 02 00 00 03",
        Golden.TinyRegistryHex, Golden.TinyPrefixHex, Golden.TinyRgbaHex, Golden.TinyMonoHex, Golden.TinyStereoHex, Golden.TinyTensorHex, Golden.TinyGeometryHex,
        Golden.AudioContextHex, Golden.GeometryContextHex, Golden.TensorContextHex, .. s_wholeFile,
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void ExampleStandsInTheDocument(string hex) => Assert.Contains(hex, Spaces().Replace(Document(), " "), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void WriterMakesTheChunksOfTheDocument()
    {
        AssertChunks(new NcfDraft { Tracks = [Picture], Models = [Model], Units = [Golden.ColourUnit] }, StillHead, StillTrack, StillModel, Data, End);
        AssertChunks(Video with { UnitCount = 0 }, null, FilmTrack);
        AssertChunks(Television, null, TelevisionTrack, CopiedTrackExample);
        Assert.Equal(Golden.Hex(GroupTimesExample), GroupTimes.Encode([5, 38, 72], unitTicks: 0));
        AssertChunks(Draft(MediaKind.Audio, TrackTests.Speech) with { TickRate = new(24000) }, null, AudioTrack);
        AssertChunks(Draft(MediaKind.Geometry, TrackTests.Cloud), null, GeometryTrack);
        AssertChunks(Draft(MediaKind.Tensors, TrackTests.Latent), null, TensorTrack);
        AssertChunks(
            Draft(MediaKind.Tensors, TrackTests.Latent) with { Layers = [new() { Layer = 0, Purpose = LayerPurpose.Base, ScaleDenominator = 4, CumulativeShare = 300 }] },
            null, TensorTrack, Layer);
        AssertChunks(
            Video with { Units = [new DataUnit { Coder = CoderId.Raw, Number = 10, Timestamp = 3300, Payloads = [new byte[] { 1, 2 }] }] }, null, FilmTrack, TimedData);
        Assert.Equal(Golden.Hex(Cover), MetadataItem.CoverArt("image/jpeg", [0xFF, 0xD8, 0xFF]).Bytes.ToArray());
    }

    [Fact]
    public void SegmentsAndIndexOfTheDocumentAreMade()
    {
        byte[] film = Samples.ThreeSegments;
        NcfFile file = NcfFile.Parse(film, NcfLimits.Default);
        long offset = file.Segments[1].Offset;
        Assert.Equal(186, offset - file.Segments[0].Offset);
        Assert.Equal(Golden.Hex(Segment), film[(int)offset..(int)(offset + 22)]);
        using MemoryStream stream = new();
        using NcfStreamWriter writer = new(stream, Video with { UnitCount = 0 });
        Assert.Equal(Golden.Hex(FilmHead), stream.ToArray()[8..20]);
    }

    [Fact]
    public void WholeFileOfTheDocumentIsMadeAndRead()
    {
        byte[] expected = Golden.Hex(string.Concat(s_wholeFile));
        using MemoryStream stream = new();
        NcfHeader header = new()
        {
            Kind = MediaKind.Audio,
            TickRate = new TickRate(8000),
            Tracks = [new AudioTrack { SampleRate = 8000, Channels = 1, UnitTicks = 160 }],
        };
        using NcfStreamWriter writer = new(stream, header, new NcfWriterOptions { Segments = SegmentMode.Manual });
        for (int i = 0; i < 3; i++)
        {
            if (i == 2)
            {
                writer.StartSegment();
            }

            writer.WriteUnit(new DataUnit { Coder = CoderId.Raw, Number = i, Payloads = [new[] { (byte)(0xAA + (0x11 * i)) }] });
        }

        writer.Complete();
        Assert.Equal(expected, stream.ToArray());

        NcfFile file = NcfFile.Parse(expected, NcfLimits.Default);
        Assert.Equal(header.Tracks, file.Tracks);
        Assert.Equal(["AA", "BB", "CC"], file.Units.Select(u => Convert.ToHexString(u.Payloads[0].Span)));
        Assert.Equal([0L, 160, 320], file.Units.Select(file.Tracks[0].TickOf));
        Assert.Equal([new NcfSegment(0, 0, 0, 41), new NcfSegment(1, 2, 320, 86)], file.Segments);
    }

    [Fact]
    public void PaddingIsSkipped()
    {
        NcfFile file = ChunkBuilder.Parse(ChunkBuilder.FileWith(Golden.Hex(Padding)));
        Assert.True(file.Chunks.Single(c => c.Name == "PADD").IsUnderstood);
    }

    private static PictureTrack Picture => new() { Width = 768, Height = 512 };

    private static ModelReference Model => Golden.Model with { Determinism = DeterminismClass.IntegerExact, Name = "", RegistryNumber = 0 };

    private static NcfDraft Video => new()
    {
        Kind = MediaKind.Video, TickRate = new TickRate(25), Tracks = [Picture with { UnitTicks = 1 }], Units = [TrackTests.RawUnit()],
    };

    private static NcfDraft Television => new()
    {
        Kind = MediaKind.AudioVideo,
        TickRate = new TickRate(25),
        Tracks =
        [
            new PictureTrack { Width = 720, Height = 576, Layout = PictureLayout.Yuv420, Colour = new Cicp(5, 5, 5, false), PixelAspect = (16, 15), UnitTicks = 1 },
            new CopiedTrack { Id = 1, MediaType = CopiedTrack.MatroskaAudio },
        ],
        Units = [TrackTests.RawUnit()],
    };

    private static NcfDraft Draft(MediaKind kind, Track track) => new() { Kind = kind, Tracks = [track], Units = [TrackTests.RawUnit()] };

    private static void AssertChunks(NcfDraft draft, params string?[] expected)
    {
        byte[] bytes = NcfWriter.WriteFull(draft);
        ChunkInfo[] chunks = [.. NcfFile.Parse(bytes, NcfLimits.Default).Chunks];
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] is { } hex)
            {
                Assert.Equal(Golden.Hex(hex), bytes.AsSpan((int)chunks[i].Offset, (int)chunks[i].TotalLength).ToArray());
            }
        }
    }

    private static string Document()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "bitstream.md")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder!.FullName, "docs", "bitstream.md"));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
