using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

/// <summary>Each limit one below, at and above: L is the value in the file, the limit is what the reader allows.</summary>
public class LimitsTests
{
    private static readonly byte[] s_full = NcfWriter.WriteFull(Golden.Draft);

    [Theory]
    [InlineData(767, false)]
    [InlineData(768, true)]
    [InlineData(769, true)]
    public void DimensionsAreLimited(int limit, bool fits) => AssertLimit(Golden.Tiny, NcfLimits.Default with { MaxDimension = limit }, fits);

    [Theory]
    [InlineData((768 * 512) - 1, false)]
    [InlineData(768 * 512, true)]
    [InlineData((768 * 512) + 1, true)]
    public void PixelsAreLimited(int limit, bool fits) => AssertLimit(Golden.Tiny, NcfLimits.Default with { MaxPixels = limit }, fits);

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    [InlineData(34, true)]
    public void ChunkLengthIsLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxChunkBytes = limit }, fits);

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(13, true)]
    public void MetadataLengthIsLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxMetadataBytes = limit }, fits);

    [Theory]
    [InlineData(22, false)]
    [InlineData(23, true)]
    [InlineData(24, true)]
    public void MetadataTotalIsLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxMetadataTotalBytes = limit }, fits);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void MetadataItemsAreLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxMetadataItems = limit }, fits);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void PayloadsAreLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxPayloadsPerUnit = limit }, fits);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void TracksAreLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxTracks = limit }, fits);

    [Fact]
    public void ModelsAreLimited()
    {
        byte[] second = Chunk(3, [1, 0, 8, .. new byte[8], 8, .. new byte[8]]);
        AssertLimit(FileWith(second), NcfLimits.Default with { MaxModels = 1 }, false);
        AssertLimit(FileWith(second), NcfLimits.Default with { MaxModels = 2 }, true);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void ChannelsAreLimited(int limit, bool fits) => AssertLimit(
        NcfWriter.WriteFull(new NcfDraft { Kind = MediaKind.Audio, Tracks = [TrackTests.Speech], Units = [], TickRate = new(24000) }),
        NcfLimits.Default with { MaxChannels = limit }, fits);

    [Theory]
    [InlineData((192 * 32 * 48) - 1, false)]
    [InlineData(192 * 32 * 48, true)]
    [InlineData((192 * 32 * 48) + 1, true)]
    public void ElementsAreLimited(int limit, bool fits)
    {
        AssertLimit(
            NcfWriter.WriteFull(new NcfDraft { Kind = MediaKind.Tensors, Tracks = [TrackTests.Latent], Units = [TrackTests.RawUnit()] }),
            NcfLimits.Default with { MaxElements = limit }, fits);
        AssertLimit(
            NcfWriter.WriteFull(new NcfDraft { Kind = MediaKind.Geometry, Tracks = [TrackTests.Cloud with { Count = 192 * 32 * 48 }], Units = [TrackTests.RawUnit()] }),
            NcfLimits.Default with { MaxElements = limit }, fits);
    }

    [Fact]
    public void SamplesOfAUnitAreLimitedWhereTheCodecKnowsThem()
    {
        NcfLimits limits = NcfLimits.Default with { MaxSamplesPerUnit = 100 };
        limits.CheckUnitSamples(100);
        Assert.Throws<LimitExceededException>(() => limits.CheckUnitSamples(101));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void LayerDescriptionsAreLimitedByTheTracks(int tracks, bool fits)
    {
        byte[] layers = [.. Enumerable.Range(0, 9).SelectMany(i => Chunk(11, Checksum, [(byte)(i / 8), (byte)(i % 8), 0]))];
        AssertLimit(FileWith(layers), NcfLimits.Default with { MaxTracks = tracks }, fits);
    }

    [Fact]
    public void ProductsOfDimensionsDoNotWrapRound()
    {
        byte[] huge = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] file = File(Chunk(1, [5, 0, 0, 0]), Chunk(2, [0, 3, 0, 3, 4, .. huge, .. huge]));
        Assert.Throws<LimitExceededException>(() => NcfFile.Parse(file, NcfLimits.Hard));
        Assert.Throws<LimitExceededException>(() => NcfFile.Parse(Golden.Hex("9e 97 05 35 00 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 03"), NcfLimits.Hard));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void TextsAreLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxTextBytes = limit }, fits);

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    [InlineData(12, true)]
    public void ChunksAreLimited(int limit, bool fits) => AssertLimit(s_full, NcfLimits.Default with { MaxChunks = limit }, fits);

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(1001, true)]
    public void DecompressedMetadataIsLimited(int limit, bool fits) =>
        AssertLimit(WithXmp(1000), NcfLimits.Default with { MaxDecompressedBytes = limit }, fits);

    [Fact]
    public void ExpansionIsLimited()
    {
        byte[] file = WithXmp(1000);
        int stored = NcfFile.Parse(file, NcfLimits.Default).Chunks.Single(c => c.Name == "META").PayloadLength - 2;
        int needed = (1000 + stored - 1) / stored;
        AssertLimit(file, NcfLimits.Default with { MaxExpansion = needed - 1 }, false);
        AssertLimit(file, NcfLimits.Default with { MaxExpansion = needed }, true);
    }

    [Fact]
    public void DecompressedTotalIsLimited()
    {
        byte[] file = WithXmp(1000, MetadataItem.Text("a", new string('b', 1000)));
        AssertLimit(file, NcfLimits.Default with { MaxMetadataTotalBytes = 1999 }, false);
        AssertLimit(file, NcfLimits.Default with { MaxMetadataTotalBytes = 2010 }, true);
    }

    [Theory]
    [InlineData("9e 83 01 bf ff ff ff 00 03")] // 2^30 wide
    [InlineData("9e 83 01 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 03")] // 2^62 by 2^62: the product must not wrap round
    [InlineData("9e 83 01 80 00 80 00 00 03")] // 32769 wide
    [InlineData("9e 83 01 80 00 7f ff 80 00 7f ff 03")] // 32768 by 32768
    public void HugeShapesAreRefusedBeforeAnythingIsAllocated(string hex)
    {
        byte[] file = Golden.Hex(hex);
        Assert.Throws<LimitExceededException>(() => NcfFile.Parse(file, NcfLimits.Default));
    }

    [Fact]
    public void HardLimitsAcceptTheLargestPicture()
    {
        byte[] file = NcfWriter.WriteTiny(new TinyDraft { Track = new PictureTrack { Width = 65536, Height = 65536 }, Model = new() { RegistryNumber = 1 } }, []);
        Assert.Equal(1L << 32, NcfFile.Parse(file, NcfLimits.Hard).ColourTrack.PixelCount);
        Assert.Throws<LimitExceededException>(() => NcfFile.Parse(file, NcfLimits.Default));
    }

    [Fact]
    public void UnitNumbersAreLimitedByTheFormat()
    {
        byte[] Unit(byte low) => Chunk(4, [0, 0xC0, 0, low, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 1, 0xAA]);
        Assert.Equal((1L << 40) - 1, Parse(File(Head, Trak, Model, Unit(0), End)).Units[0].Number);
        Assert.Throws<LimitExceededException>(() => Parse(File(Head, Trak, Model, Unit(1), End)));
    }

    [Fact]
    public void LimitsAboveTheHardOnesAreTheCallersMistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NcfLimits.Default with { MaxDimension = 65537 });
        Assert.Throws<ArgumentOutOfRangeException>(() => NcfLimits.Default with { MaxExpansion = 201 });
        Assert.Throws<ArgumentOutOfRangeException>(() => NcfLimits.Default with { MaxPixels = 0 });
    }

    [Fact]
    public void DecoderMemoryIsLimited()
    {
        NcfLimits limits = NcfLimits.Default with { MaxDecoderBytes = 100 };
        limits.CheckDecoderMemory(100);
        Assert.Throws<LimitExceededException>(() => limits.CheckDecoderMemory(101));
    }

    private static byte[] WithXmp(int length, params MetadataItem[] more) => NcfWriter.WriteFull(
        Golden.Plain with { Metadata = [new MetadataItem(MetadataKey.Xmp, Enumerable.Repeat((byte)'x', length).ToArray()), .. more] });

    private static void AssertLimit(byte[] file, NcfLimits limits, bool fits)
    {
        Exception? error = Record.Exception(() => NcfFile.Parse(file, limits));
        Assert.True(fits ? error is null : error is LimitExceededException, error?.ToString() ?? "accepted");
    }
}
