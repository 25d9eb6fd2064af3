using Codecs.Cli.Tests.Support;
using Codecs.Formats.Container;

namespace Codecs.Cli.Tests;

public sealed class RemuxTests(CodedSamples samples)
{
    [Fact]
    public void TinyToFullAndBackGivesTheSameBytes()
    {
        using var folder = new TempFolder();
        folder.Write("tiny.ncf", samples.Lake);

        Command.Run(folder, "remux", "tiny.ncf", "--full", "-o", "full.ncf").Expect(0);
        Command.Run(folder, "remux", "full.ncf", "--tiny", "-o", "again.ncf").Expect(0);

        Assert.Equal(NcfProfile.Full, NcfFile.Detect(folder.Read("full.ncf")));
        Assert.Equal(samples.Lake, folder.Read("again.ncf"));
        Command.Run(folder, "verify", "full.ncf", "again.ncf").Expect(0);
    }

    [Fact]
    public void AFullFileBecomesTinyOnceItsMetadataIsGoneAndKeepsItsPixels()
    {
        using var folder = new TempFolder();
        folder.Write("turned.jpg", TestPictures.Bytes("lake-orientation6.jpg"));
        Command.Run(folder, "encode", "turned.jpg", "-o", "full.ncf").Expect(0);

        CliResult refused = Command.Run(folder, "remux", "full.ncf", "--tiny", "-o", "tiny.ncf").Expect(4);
        Command.Run(folder, "remux", "full.ncf", "--tiny", "--strip", "all", "--strip-profile", "-o", "tiny.ncf").Expect(0);
        Command.Run(folder, "remux", "full.ncf", "--strip", "all", "--strip-profile", "-o", "stripped.ncf").Expect(0);
        Command.Run(folder, "decode", "tiny.ncf", "stripped.ncf").Expect(0);

        Assert.Contains("--strip", refused.Error, StringComparison.Ordinal);
        Assert.Equal(NcfProfile.Tiny, NcfFile.Detect(folder.Read("tiny.ncf")));
        Assert.Equal(folder.Read("stripped.png"), folder.Read("tiny.png"));
    }

    [Fact]
    public void TagsCoverAndDigestAreAddedAndComeBackByteForByte()
    {
        using var folder = new TempFolder();
        byte[] cover = TestPictures.Bytes("lake-gray.jpg");
        folder.Write("a.ncf", samples.Alpha);
        folder.Write("cover.jpg", cover);

        Command.Run(folder, "remux", "a.ncf", "--tag", "TITLE=Lake = water", "--cover", "cover.jpg", "--digest", "-o", "b.ncf").Expect(0);

        NcfFile file = NcfFile.Parse(folder.Read("b.ncf"), NcfLimits.Default);
        Assert.True(file.VerifyDigest());
        Assert.Equal(("TITLE", "Lake = water"), file.Metadata.First(m => m.Key == MetadataKey.Text).ReadText());
        Assert.Equal(cover, file.Metadata.First(m => m.Key == MetadataKey.CoverArt).ReadCoverArt()!.Value.Picture.ToArray());
        Assert.Equal(NcfFile.Parse(samples.Alpha, NcfLimits.Default).Units.Select(u => u.Payloads[0].ToArray()), file.Units.Select(u => u.Payloads[0].ToArray()));
    }

    [Theory]
    [InlineData("--tiny", "--full")]
    [InlineData("--tiny", "--digest")]
    [InlineData("--digest", "--no-digest")]
    [InlineData("--strip", "some")]
    [InlineData("--tag", "NOVALUE")]
    public void ContradictionsAreUsageErrors(string one, string other)
    {
        using var folder = new TempFolder();

        Command.Run(folder, "remux", "a.ncf", one, other, "-o", "b.ncf").Expect(2);
    }

    [Fact]
    public void TheInputIsNeverTheOutput()
    {
        using var folder = new TempFolder();
        folder.Write("a.ncf", samples.Alpha);

        Command.Run(folder, "remux", "a.ncf", "--strip", "all").Expect(4);

        Assert.Equal(samples.Alpha, folder.Read("a.ncf"));
    }
}
