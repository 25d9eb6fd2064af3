using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container;

public class TinyTests
{
    private static readonly ModelReference s_byNumber = new() { RegistryNumber = 100 };
    private static readonly ModelReference s_byPrefix = new() { Entropy = FingerprintPrefix.FromTiny(0x1A2B7C4D) };

    private static readonly PictureTrack s_track = new() { Width = 768, Height = 512 };

    private static TinyDraft Still => new() { Track = s_track, RatePoint = 3, Model = s_byNumber };

    [Fact]
    public void HeaderWithRegistryNumberHasTheBytesOfTheSpecification() =>
        Assert.Equal(Golden.Hex(Golden.TinyRegistryHex), Still.ToHeaderBytes());

    [Fact]
    public void HeaderWithFingerprintPrefixHasTheBytesOfTheSpecification() =>
        Assert.Equal(Golden.Hex(Golden.TinyPrefixHex), (Still with { Model = s_byPrefix }).ToHeaderBytes());

    [Fact]
    public void GoldenFileGivesTheSameObjectModelAsAFullFile()
    {
        NcfFile file = NcfFile.Parse(Golden.Tiny, NcfLimits.Default);
        Assert.Equal(NcfProfile.Tiny, file.Profile);
        Assert.Equal(new PictureTrack { Width = 768, Height = 512 }, Assert.Single(file.Tracks));
        Assert.Equal(s_byPrefix, Assert.Single(file.Models));
        Assert.Same(file.Models[0], file.ModelOf(file.ColourTrack));
        Assert.Null(file.AlphaTrack);
        DataUnit unit = Assert.Single(file.UnitsOf(file.ColourTrack));
        Assert.Equal(CoderId.ModelDefined, unit.Coder);
        Assert.Equal(ContentCheck.Short, unit.Check);
        Assert.Equal(3, unit.RatePoint);
        Assert.Equal(11, unit.Offset);
        Assert.Equal(Golden.Hex("5152535455"), Assert.Single(unit.Payloads).ToArray());
        Assert.Equal(Golden.Hex(Golden.TinyPrefixHex), file.HeaderBytes.ToArray());
        Assert.Empty(file.Metadata);
        Assert.Null(file.IccProfile);
        Assert.False(file.VerifyDigest());
    }

    [Fact]
    public void PayloadIsASliceOfTheFileAndNotACopy()
    {
        byte[] bytes = [.. Golden.Tiny];
        ReadOnlyMemory<byte> payload = NcfFile.Parse(bytes, NcfLimits.Default).Units[0].Payloads[0];
        bytes[^1] ^= 0xFF;
        Assert.Equal(bytes[^1], payload.Span[^1]);
    }

    [Fact]
    public void EveryStillComesBack() => Gen.Select(
        Gen.Int[1, 32768], Gen.Int[1, 4096], Gen.Bool, Gen.Byte, Gen.Bool, Gen.Int[0, 16383].Where(n => n != 838), Gen.Byte.Array[0, 20]).Sample(
        (width, height, grey, ratePoint, check, number, payload) =>
        {
            TinyDraft still = new()
            {
                Track = new PictureTrack { Width = width, Height = height, Layout = grey ? PictureLayout.Grey : PictureLayout.Rgb },
                RatePoint = ratePoint,
                Check = check ? ContentCheck.Short : ContentCheck.None,
                Model = number > 0 ? new ModelReference { RegistryNumber = number } : s_byPrefix,
            };
            NcfFile file = NcfFile.Parse(NcfWriter.WriteTiny(still, payload), NcfLimits.Default);
            Assert.Equal(still.Track, file.ColourTrack);
            Assert.Equal(still.Model, file.Models[0]);
            Assert.Equal((ratePoint, still.Check), (file.Units[0].RatePoint, file.Units[0].Check));
            Assert.Equal(payload, file.Units[0].Payloads[0].ToArray());
            Assert.Equal(still.ToHeaderBytes(), file.HeaderBytes.ToArray());
        }, iter: 2_000);

    [Fact]
    public void SmallGreyFileCostsFiveBytes() =>
        Assert.Equal(5, new TinyDraft { Track = new PictureTrack { Width = 64, Height = 64, Layout = PictureLayout.Grey }, Model = new() { RegistryNumber = 1 } }.ToHeaderBytes().Length);

    [Theory]
    [InlineData("9e a3 40 64 00 00 03")] // version 1
    [InlineData("9e 9f 40 64 00 00 03")] // kind 7
    public void NewerTinyFilesAreReportedAsSuch(string hex) =>
        Assert.Throws<UnsupportedBitstreamException>(() => NcfFile.Parse(Golden.Hex(hex), NcfLimits.Default));

    [Theory]
    [InlineData("9e 83 00 00 00 03")] // model 0
    [InlineData("9e 83 43 46 0d 0a 1a 01")] // a Full file with one damaged byte
    [InlineData("9e 83 80 00 80 00 00 00 03")] // prefix without bit 14
    [InlineData("9e 83 c0 00 00 00 40 00 40 00 00 00 03")] // prefix of more than 30 bits
    [InlineData("9e 83 40 05 00 00 03")] // longer varint than needed
    [InlineData("9e 83 05 00 00 00")] // rate point 0 written out
    [InlineData("9e 83 05 00 00")] // rate point missing
    [InlineData("9e 83")]
    [InlineData("9e")]
    [InlineData("")]
    [InlineData("89 50 4e 47 0d 0a 1a 0a")]
    public void ForeignAndContradictoryHeadersAreRefused(string hex) =>
        Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse(Golden.Hex(hex), NcfLimits.Default));

    [Fact]
    public void StillsThatDoNotFitAreTheCallersMistakes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => (Still with { Track = s_track with { Width = 0 } }).ToHeaderBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Still with { Track = s_track with { Height = 65537 } }).ToHeaderBytes());
        Assert.Throws<ArgumentException>(() => (Still with { Track = s_track with { Orientation = 6 } }).ToHeaderBytes());
        Assert.Throws<ArgumentException>(() => (Still with { Check = ContentCheck.Normal }).ToHeaderBytes());
        Assert.Throws<ArgumentException>(() => (Still with { Model = new() }).ToHeaderBytes());
        Assert.Throws<ArgumentException>(() => (Still with { Model = new() { RegistryNumber = 838 } }).ToHeaderBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => (Still with { Model = new() { RegistryNumber = 16384 } }).ToHeaderBytes());
    }

    [Fact]
    public void TinyFileBecomesAFullFileWithTheSamePayloadAndContentContext()
    {
        NcfFile tiny = NcfFile.Parse(Golden.Tiny, NcfLimits.Default);
        NcfFile full = NcfFile.Parse(
            NcfWriter.WriteFull(new NcfDraft { Tracks = tiny.Tracks, Models = [Golden.Model], Units = [tiny.Units[0] with { Coder = CoderId.R64 }] }),
            NcfLimits.Default);
        Assert.Equal(tiny.Units[0].Payloads[0].ToArray(), full.Units[0].Payloads[0].ToArray());
        Assert.Equal((tiny.Units[0].Check, tiny.Units[0].RatePoint), (full.Units[0].Check, full.Units[0].RatePoint));
        Assert.Equal(Context(tiny), Context(full));
    }

    [Fact]
    public void ContentContextListsShapeAndRatePoint() =>
        Assert.Equal(Golden.Hex("00 08 00030000 00020000 03"), Context(NcfFile.Parse(Golden.Tiny, NcfLimits.Default)));

    internal static byte[] Context(NcfFile file) => file.Tracks[0].ContentContext(file.Units[0].RatePoint);
}
