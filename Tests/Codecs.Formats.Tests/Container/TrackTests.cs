using System.Numerics;
using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

/// <summary>Every kind of track and of file.</summary>
public class TrackTests
{
    public static AudioTrack Speech { get; } = new()
    {
        SampleRate = 24000, Channels = 2, Samples = 48000, PreSkip = 312, Gain = -256, PreRoll = 1, UnitTicks = 320,
    };

    public static GeometryTrack Cloud { get; } = new()
    {
        Primitive = GeometryPrimitive.Points,
        Count = 5000,
        Attributes = [new GeometryChannel(1, 3, ElementType.U8)],
        Box = new BoundingBox(new Vector3(-1, -2, 0), new Vector3(1, 2, 0.5f)),
    };

    public static TensorTrack Latent { get; } = new() { Type = ElementType.I16, Shape = [1, 192, 32, 48] };

    [Fact]
    public void EveryKindComesBack()
    {
        AssertComesBack(new NcfDraft { Kind = MediaKind.Audio, Tracks = [Speech], Units = [], TickRate = new TickRate(24000), TotalTicks = 48000 });
        AssertComesBack(new NcfDraft { Kind = MediaKind.Geometry, Tracks = [Cloud], Units = [RawUnit()] });
        AssertComesBack(new NcfDraft { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [RawUnit()] });
        AssertComesBack(new NcfDraft { Kind = MediaKind.Tensors, Tracks = [Latent with { Shape = [] }], Units = [RawUnit()] });
        AssertComesBack(new NcfDraft
        {
            Kind = MediaKind.AudioVideo,
            TickRate = new TickRate(240000),
            Tracks = [new PictureTrack { Width = 5, Height = 4, UnitTicks = 8008 }, Speech with { Id = 1, Model = 1, UnitTicks = 1600 }],
            Models = [Golden.Model, Golden.Model with { Index = 1, Name = "sound" }],
            Layers = [new LayerDescription { Layer = 0, Purpose = LayerPurpose.Base, ScaleDenominator = 4, CumulativeShare = 300 }],
            Units = [RawUnit(), RawUnit() with { Track = 1, Timestamp = 77 }],
        });
        AssertComesBack(new NcfDraft
        {
            Kind = MediaKind.AudioVideo,
            TickRate = new TickRate(1000),
            Tracks = [new PictureTrack { Width = 5, Height = 4 }, new CopiedTrack { Id = 1, MediaType = "audio/ogg", UnitTicks = 7 }],
            Units = [RawUnit() with { Timestamp = 3 }, RawUnit() with { Track = 1, Timestamp = 77 }],
        });
    }

    [Fact]
    public void UnitsBeginWhereTheirNumberOrTheirTimestampSays()
    {
        Assert.Equal(3200, Speech.TickOf(RawUnit() with { Number = 10 }));
        Assert.Equal(7, Speech.TickOf(RawUnit() with { Number = 10, Timestamp = 7 }));
        Assert.Equal((1L << 62) - 1, (Speech with { UnitTicks = 1L << 61 }).TickOf(RawUnit() with { Number = 10 }));
    }

    [Fact]
    public void ContentContextsListWhatTheTinyHeaderSays()
    {
        Assert.Equal(Golden.Hex(Golden.AudioContextHex), (Speech with { Samples = 24000 }).ContentContext(3));
        Assert.Equal(Golden.Hex(Golden.GeometryContextHex), Cloud.ContentContext(3));
        Assert.Equal(Golden.Hex(Golden.TensorContextHex), Latent.ContentContext(3));
    }

    [Fact]
    public void ConveniencesForPicturesSayWhatTheFileHoldsInstead()
    {
        NcfFile file = NcfFile.Parse(NcfWriter.WriteFull(new NcfDraft { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [RawUnit()] }), NcfLimits.Default);
        Assert.Contains("Tensors", Assert.Throws<UnsupportedBitstreamException>(() => file.ColourTrack).Message, StringComparison.Ordinal);
        Assert.Null(file.AlphaTrack);
    }

    [Fact]
    public void TracksThatDoNotFitTheKindAreRefused()
    {
        PictureTrack picture = new() { Width = 5, Height = 4 };
        TickRate clock = new(1000);
        NcfDraft[] wrong =
        [
            new() { Kind = MediaKind.Still, Tracks = [Speech], Units = [RawUnit()] },
            new() { Kind = MediaKind.Still, Tracks = [picture], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.Video, Tracks = [picture], Units = [RawUnit()] },
            new() { Kind = MediaKind.Audio, Tracks = [picture], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.AudioVideo, Tracks = [Speech], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.AudioVideo, Tracks = [picture], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.Video, Tracks = [picture, new CopiedTrack { Id = 1, MediaType = "audio/ogg" }], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.Audio, Tracks = [new CopiedTrack { MediaType = "audio/ogg" }], Units = [RawUnit()], TickRate = clock },
            new() { Kind = MediaKind.AudioVideo, Tracks = [picture, new CopiedTrack { Id = 1, MediaType = "sound" }], Units = [RawUnit()], TickRate = clock },
            new()
            {
                Kind = MediaKind.AudioVideo, TickRate = clock, Tracks = [picture, new CopiedTrack { Id = 1, MediaType = "audio/ogg" }],
                Units = [RawUnit() with { Track = 1, Coder = CoderId.Brotli }],
            },
            new() { Kind = MediaKind.Still, Tracks = [picture with { PixelAspect = (0, 1) }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Geometry, Tracks = [picture], Units = [RawUnit()] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent, picture with { Id = 1 }], Units = [RawUnit()] },
            new() { Kind = (MediaKind)6, Tracks = [Latent], Units = [RawUnit()] },
            new() { Kind = MediaKind.Audio, Tracks = [Speech with { Channels = 0 }], Units = [] },
            new() { Kind = MediaKind.Audio, Tracks = [Speech with { Samples = -1 }], Units = [] },
            new() { Kind = MediaKind.Audio, Tracks = [Speech], Units = [], TickRate = new TickRate(1, 0) },
            new() { Kind = MediaKind.Audio, Tracks = [Speech], Units = [], TotalTicks = -1 },
            new() { Kind = MediaKind.Geometry, Tracks = [Cloud with { Box = new BoundingBox(Vector3.One, Vector3.Zero) }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Geometry, Tracks = [Cloud with { Box = new BoundingBox(Vector3.Zero, new Vector3(float.NaN)) }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Geometry, Tracks = [Cloud with { Attributes = [new GeometryChannel(1, 0, ElementType.U8)] }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent with { Shape = [0] }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent with { Shape = [1 << 17, 1 << 18] }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent with { Shape = [1, 1, 1, 1, 1, 1, 1, 1, 1] }], Units = [RawUnit()] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [RawUnit()], Layers = [Layer(8)] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [RawUnit()], Layers = [Layer(1), Layer(1)] },
            new() { Kind = MediaKind.Tensors, Tracks = [Latent], Units = [RawUnit()], Layers = [Layer(1) with { CumulativeShare = 1001 }] },
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            Assert.True(Record.Exception(() => NcfWriter.WriteFull(wrong[i])) is ArgumentException, $"draft {i} was accepted");
        }
    }

    public static TheoryData<string, byte[]> Contradictions => new()
    {
        { "no channels", File(Chunk(1, [2, 0, 0, 0]), Chunk(2, [0, 1, 5, 0, 5])) },
        { "dimension 0", File(Chunk(1, [5, 0, 0, 0]), Chunk(2, [0, 3, 0, 1, 0])) },
        { "box upside down", File(Chunk(1, [4, 0, 0, 0]), Chunk(2, [0, 2, 0, 5, 0, 0, 0, 128, 63, .. new byte[20]])) },
        { "attributes cut short", File(Chunk(1, [4, 0, 0, 0]), Chunk(2, [0, 2, 0, 5, 9, 0, 0, 0])) },
        { "no media type", File(Chunk(1, [3, 0, 0, 0, 0, 5]), Trak, Chunk(2, [1, 5, 2, 97, 98]), Model, Data, End) },
        { "pixels without height", File(Chunk(1, [1, 0, 0, 0, 0, 5]), Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1, 1, 0, 0, 1, 1, 0]), Model, Data, End) },
        { "clock over 0", File(Chunk(1, [2, 0, 0, 0, 0, 5, 0]), Trak, Model, Data, End) },
        { "layer 8", FileWith(Chunk(11, 0x80, [0, 8, 1])) },
        { "layer described twice", FileWith([.. Chunk(11, 0x80, [0, 1, 1]), .. Chunk(11, 0x80, [0, 1, 1])]) },
        { "still with a clock", File(Chunk(1, [0, 0, 0, 0, 0, 5]), Trak, Model, Data, End) },
        { "film without a clock", File(Chunk(1, [1, 0, 0, 0]), Trak, Model, Data, End) },
        { "sound without sound", File(Chunk(1, [2, 0, 0, 0, 0, 5]), Trak, Model, Data, End) },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void ContradictionsAreRefused(string what, byte[] file)
    {
        Exception? error = Record.Exception(() => Parse(file));
        Assert.True(error is InvalidBitstreamException, $"{what}: {error?.ToString() ?? "accepted"}");
    }

    internal static DataUnit RawUnit() => new() { Coder = CoderId.Raw, Payloads = [new byte[] { 1, 2, 3 }] };

    private static LayerDescription Layer(int layer) => new() { Layer = layer, Purpose = LayerPurpose.Refinement };

    private static void AssertComesBack(NcfDraft draft)
    {
        byte[] bytes = NcfWriter.WriteFull(draft);
        NcfFile file = NcfFile.Parse(bytes, NcfLimits.Default);
        Assert.Equal(draft.Kind, file.Kind);
        Assert.Equal(draft.Tracks, file.Tracks);
        Assert.Equal(draft.Models, file.Models);
        Assert.Equal(draft.Layers, file.Header.Layers);
        Assert.Equal((draft.TickRate, draft.TotalTicks, draft.Units.Count), (file.Header.TickRate, file.Header.TotalTicks, (int)file.Header.UnitCount));
        Assert.Equal(draft.Units.Select(Samples.Describe), file.Units.Select(Samples.Describe));
        Assert.Equal(bytes, NcfWriter.WriteFull(draft with { Tracks = file.Tracks, Models = file.Models, Layers = file.Header.Layers, Units = file.Units }));
    }
}
