using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>Tiny files of the kinds beside RGB and grey pictures.</summary>
public class TinyKindTests
{
    private static readonly ModelReference s_model = new() { RegistryNumber = 100 };

    public static TheoryData<string, Track, MediaKind> Examples => new()
    {
        { Golden.TinyRgbaHex, new PictureTrack { Width = 768, Height = 512, Layout = PictureLayout.Rgba }, MediaKind.Still },
        { Golden.TinyMonoHex, new AudioTrack { Channels = 1, Samples = 24000 }, MediaKind.Audio },
        { Golden.TinyStereoHex, new AudioTrack { Channels = 2, Samples = 24000 }, MediaKind.Audio },
        { Golden.TinyTensorHex, new TensorTrack { Type = ElementType.I16, Shape = [192, 32, 48] }, MediaKind.Tensors },
        { Golden.TinyGeometryHex, new GeometryTrack { Primitive = GeometryPrimitive.Mesh, Count = 5000 }, MediaKind.Geometry },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void HeadersHaveTheBytesOfTheSpecificationAndComeBack(string hex, Track track, MediaKind kind)
    {
        TinyDraft draft = new() { Track = track, Model = s_model, RatePoint = 3 };
        Assert.Null(draft.FindObstacle());
        byte[] file = NcfWriter.WriteTiny(draft, [1, 2, 3]);
        Assert.Equal([.. Golden.Hex(hex), 1, 2, 3], file);
        NcfFile parsed = NcfFile.Parse(file, NcfLimits.Default);
        Assert.Equal(track, Assert.Single(parsed.Tracks));
        Assert.Equal((kind, (byte)3), (parsed.Kind, parsed.Units[0].RatePoint));
    }

    [Fact]
    public void WhatTheHeaderCannotSayIsRefusedWithTheReason()
    {
        AudioTrack audio = new() { Channels = 1, Samples = 5 };
        GeometryTrack geometry = new() { Primitive = GeometryPrimitive.Points };
        Track[] wrong =
        [
            audio with { Channels = 3 }, audio with { Samples = 0 }, audio with { SampleRate = 8000 }, audio with { PreSkip = 1 }, audio with { Id = 1 },
            geometry with { Attributes = [new GeometryChannel(0, 3, ElementType.F32)] }, geometry with { Box = default },
            new PictureTrack { Width = 5, Height = 5, BitDepth = 10 }, new PictureTrack { Width = 5, Height = 5, Role = TrackRole.Alpha },
            new PictureTrack { Width = 5, Height = 5, UnitTicks = 1 }, new PictureTrack { Width = 5, Height = 5, Colour = Cicp.DisplayP3 },
        ];
        foreach (Track track in wrong)
        {
            TinyDraft draft = new() { Track = track, Model = s_model };
            Assert.NotNull(draft.FindObstacle());
            Assert.Throws<ArgumentException>(() => draft.ToHeaderBytes());
        }
    }

    [Theory]
    [InlineData("9e 9f 40 64 00 00 03")] // kind 7
    [InlineData("9e 97 05 1a 00 03")] // element type 10
    [InlineData("9e 97 05 96 00 00 00 00 00 00 00 00 00 03")] // 9 dimensions
    [InlineData("9e 9b 05 04 05 03")] // primitive 4
    public void NewerKindsAreReportedAsSuch(string hex) =>
        Assert.Throws<UnsupportedBitstreamException>(() => NcfFile.Parse(Golden.Hex(hex), NcfLimits.Default));

    [Theory]
    [InlineData(23_999, false)]
    [InlineData(24_000, true)]
    [InlineData(24_001, true)]
    public void SamplesAreLimited(int limit, bool fits) =>
        AssertLimit(Golden.TinyMonoHex, NcfLimits.Default with { MaxSamplesPerUnit = limit }, fits);

    [Theory]
    [InlineData((192 * 32 * 48) - 1, false)]
    [InlineData(192 * 32 * 48, true)]
    [InlineData((192 * 32 * 48) + 1, true)]
    public void TensorElementsAreLimited(int limit, bool fits) =>
        AssertLimit(Golden.TinyTensorHex, NcfLimits.Default with { MaxElements = limit }, fits);

    [Theory]
    [InlineData(4_999, false)]
    [InlineData(5_000, true)]
    [InlineData(5_001, true)]
    public void GeometryElementsAreLimited(int limit, bool fits) =>
        AssertLimit(Golden.TinyGeometryHex, NcfLimits.Default with { MaxElements = limit }, fits);

    private static void AssertLimit(string hex, NcfLimits limits, bool fits)
    {
        Exception? error = Record.Exception(() => NcfFile.Parse(Golden.Hex(hex), limits));
        Assert.True(fits ? error is null : error is LimitExceededException, error?.ToString() ?? "accepted");
    }
}
