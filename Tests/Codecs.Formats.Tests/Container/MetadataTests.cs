using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class MetadataTests
{
    [Fact]
    public void CompressibleMetadataAndProfilesAreStoredSmallerAndComeBackExactly()
    {
        byte[] xmp = [.. Enumerable.Range(0, 30_000).Select(i => (byte)("<rdf:li>"[i % 8] + (i / 500)))];
        NcfDraft draft = Golden.Plain with { IccProfile = xmp.AsMemory(0, 4000), Metadata = [new MetadataItem(MetadataKey.Xmp, xmp)] };
        byte[] bytes = NcfWriter.WriteFull(draft);
        Assert.True(bytes.Length < 2000, $"{bytes.Length} bytes");
        NcfFile file = Parse(bytes);
        Assert.Equal(xmp, file.Metadata[0].Bytes.ToArray());
        Assert.Equal(xmp[..4000], file.IccProfile!.Value.ToArray());
    }

    [Fact]
    public void MetadataThatWouldUnpackBeyondTheLimitIsStoredPlain()
    {
        byte[] zeros = new byte[1 << 20];
        byte[] bytes = NcfWriter.WriteFull(Golden.Plain with { Metadata = [new MetadataItem(MetadataKey.Exif, zeros)] });
        Assert.Equal(zeros, Parse(bytes).Metadata[0].Bytes.ToArray());
        Assert.True(bytes.Length > zeros.Length, $"{bytes.Length} bytes");
    }

    [Fact]
    public void DecompressionBombIsStoppedByItsExpansion()
    {
        byte[] packed = new byte[100];
        Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(new byte[10 << 20], packed, out int length, 5, 22));
        byte[] file = FileWith(Chunk(8, 0x80, [1, 1, .. packed.AsSpan(0, length)]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<LimitExceededException>(() => Parse(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void BytesAfterACompressedItemAreRefused()
    {
        byte[] packed = new byte[100];
        Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(new byte[50], packed, out int length, 11, 22));
        Assert.Equal(50, Parse(FileWith(Chunk(8, 0x80, [1, 1, .. packed.AsSpan(0, length)]))).Metadata[0].Bytes.Length);
        Assert.Throws<InvalidBitstreamException>(() => Parse(FileWith(Chunk(8, 0x80, [1, 1, .. packed.AsSpan(0, length), 0]))));
        Assert.Throws<InvalidBitstreamException>(() => Parse(FileWith(Chunk(8, 0x80, [1, 1, .. packed.AsSpan(0, length - 1)]))));
    }

    [Fact]
    public void StrippingMetadataNeverChangesThePicture()
    {
        NcfFile with = Parse(NcfWriter.WriteFull(Golden.Draft));
        NcfFile without = Parse(NcfWriter.WriteFull(Golden.Draft with { Metadata = [] }));
        Assert.Equal(Golden.DescribePicture(with), Golden.DescribePicture(without));
    }

    [Fact]
    public void TextTagsFollowTheirRules()
    {
        Assert.Equal(("Titel", "Käse 🧀"), MetadataItem.Text("Titel", "Käse 🧀").ReadText());
        Assert.Throws<ArgumentException>(() => MetadataItem.Text("", "x"));
        Assert.Throws<ArgumentException>(() => MetadataItem.Text("x", "bell\a"));
        Assert.Throws<InvalidBitstreamException>(() => new MetadataItem(MetadataKey.Text, new byte[] { 5, 65 }).ReadText());
        Assert.Throws<InvalidBitstreamException>(() => new MetadataItem(MetadataKey.Text, new byte[] { 0, 1, 65 }).ReadText());
    }

    [Fact]
    public void CoverArtFollowsItsRules()
    {
        MetadataItem cover = MetadataItem.CoverArt("image/jpeg", [0xFF, 0xD8, 0xFF]);
        Assert.Equal(Golden.Hex("0a 69 6d 61 67 65 2f 6a 70 65 67 ff d8 ff"), cover.Bytes.ToArray());
        (string type, ReadOnlyMemory<byte> picture) = cover.ReadCoverArt()!.Value;
        Assert.Equal(("image/jpeg", "FFD8FF"), (type, Convert.ToHexString(picture.Span)));
        Assert.Null(cover.ReadText());
        Assert.Null(MetadataItem.Text("a", "b").ReadCoverArt());
        Assert.Equal(cover.Bytes.ToArray(), Parse(NcfWriter.WriteFull(Golden.Plain with { Metadata = [cover] })).Metadata[0].Bytes.ToArray());
        foreach (string wrong in new[] { "", "jpeg", "/jpeg", "image/", "image/jpeg/x", "image/jp eg", "image/jpeg; a=b", "bild/k\u00e4se" })
        {
            Assert.Throws<ArgumentException>(() => MetadataItem.CoverArt(wrong, []));
        }

        Assert.Throws<InvalidBitstreamException>(() => new MetadataItem(MetadataKey.CoverArt, new byte[] { 1, 65, 3 }).ReadCoverArt());
        Assert.Throws<InvalidBitstreamException>(() => new MetadataItem(MetadataKey.CoverArt, default).ReadCoverArt());
    }

    [Fact]
    public void EveryKindOfMetadataComesBackByteForByte()
    {
        MetadataItem[] items = [.. Enum.GetValues<MetadataKey>().Select(k => new MetadataItem(k, Samples.Payload((int)k, 3000)))];
        byte[] icc = Samples.Payload(99, 5000);
        NcfFile file = Parse(NcfWriter.WriteFull(Golden.Plain with { Metadata = items, IccProfile = icc }));
        Assert.Equal(items.Select(i => Convert.ToHexString(i.Bytes.Span)), file.Metadata.Select(i => Convert.ToHexString(i.Bytes.Span)));
        Assert.Equal(icc, file.IccProfile!.Value.ToArray());
    }

    [Fact]
    public void EmptyItemsComeBackEmpty() => Assert.Equal(
        0, Parse(NcfWriter.WriteFull(Golden.Plain with { Metadata = [new MetadataItem(MetadataKey.C2pa, default)] })).Metadata[0].Bytes.Length);
}
