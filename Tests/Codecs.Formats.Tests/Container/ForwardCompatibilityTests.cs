using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class ForwardCompatibilityTests
{
    private static readonly string s_expected = Golden.DescribePicture(Parse(File(Head, Trak, Model, Data, End)));

    [Fact]
    public void UnknownAncillaryChunksAreSkippedButListed()
    {
        NcfFile file = Parse(File(Head, Chunk(20, 0x40, [1]), Trak, Chunk(31, Checksum, [7], "abCD"), Model, Chunk(13, 0, []), Data, Chunk(14, Checksum, [1, 2]), End));
        Assert.Equal(s_expected, Golden.DescribePicture(file));
        Assert.Equal(["#20", "abCD", "DIAG", "#14"], file.Chunks.Where(c => !c.IsUnderstood).Select(c => c.Name));
        ChunkInfo first = file.Chunks[1];
        Assert.Equal((18L, 20L, 1, true, false), (first.Offset, first.PayloadOffset, first.PayloadLength, first.IsSafeToCopy, first.HasChecksum));
    }

    [Fact]
    public void MissingOptionalFieldsHaveTheirDefaults()
    {
        NcfFile file = Parse(File(Head, Trak, Model, Data, End));
        Assert.Equal(new PictureTrack { Width = 5, Height = 4 }, file.ColourTrack);
        Assert.Equal((0, 0, ""), (file.Models[0].DefaultRatePoint, file.Models[0].RegistryNumber, file.Models[0].Name));
    }

    [Fact]
    public void ExtraTrailingFieldsAreIgnored()
    {
        byte[] file = File(
            Chunk(1, [0, 9, 0xFE, 1, 0, 0, 1, 0x55, 0x55]),
            Chunk(2, [0, 0, 5, 4, 8, 0, 1, 13, 0, 1, 1, 0, 0, 0, 1, 1, 0x55, 0x55]),
            Chunk(3, [0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0x55]),
            Data,
            Chunk(0, [1, 0, 0x55]));
        NcfFile parsed = Parse(file);
        Assert.Equal(s_expected, Golden.DescribePicture(parsed));
        Assert.Equal(9, parsed.MinorVersion);
    }

    [Fact]
    public void MetadataInAnotherCompressionIsSkippedButListed()
    {
        NcfFile file = Parse(FileWith(Chunk(8, Checksum, [1, 2, 1, 2, 3])));
        Assert.Empty(file.Metadata);
        Assert.Equal("META", Assert.Single(file.Chunks, c => !c.IsUnderstood).Name);
    }

    [Fact]
    public void UnknownMetadataKeysAreKept() => Assert.Equal((MetadataKey)61, Assert.Single(Parse(FileWith(Chunk(8, Checksum, [61, 0, 5]))).Metadata).Key);

    [Fact]
    public void DigestOfAnUnknownAlgorithmIsSkippedButListed()
    {
        NcfFile file = Parse(FileWith(Chunk(9, Checksum, [0, .. new byte[16]])));
        Assert.Null(file.Digest);
        Assert.Contains(file.Chunks, c => c.Name == "HASH" && !c.IsUnderstood);
    }

    [Fact]
    public void SmallDataAndMetadataWithoutChecksumAreAccepted()
    {
        NcfFile file = Parse(File(Head, Trak, Model, Chunk(8, 0, [61, 0]), Chunk(4, Critical, [0, 0, 1, 1, 1, 0xAA]), End));
        Assert.Equal(s_expected, Golden.DescribePicture(file));
    }

    [Fact]
    public void DefinitionsMayBeRepeatedInSegmentsIfTheyAreEqual()
    {
        byte[] segment = Segment(0, 0, 0, 0);
        Assert.Equal(s_expected, Golden.DescribePicture(Parse(File(Head, Trak, Model, segment, Trak, Model, Data, End))));
        byte[] otherTrack = Chunk(2, [0, 0, 6, 4, 8, 0, 1, 13, 0, 1]);
        Assert.Throws<InvalidBitstreamException>(() => Parse(File(Head, Trak, Model, segment, otherTrack, Data, End)));
    }

    [Fact]
    public void IndexThatEndPointsToIsAccepted()
    {
        byte[] index = Chunk(6, Checksum, [0]);
        byte[] pointing = Chunk(0, [1, (byte)index.Length]);
        Assert.Equal(s_expected, Golden.DescribePicture(Parse(File(Head, Trak, Model, Data, index, pointing))));
    }
}
