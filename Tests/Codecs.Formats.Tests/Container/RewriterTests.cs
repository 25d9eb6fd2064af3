using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class RewriterTests
{
    private static readonly NcfRewriteOptions s_nothing = new();
    private static readonly NcfRewriteOptions s_tiny = new() { Profile = NcfProfile.Tiny };
    private static readonly NcfRewriteOptions s_full = new() { Profile = NcfProfile.Full };

    [Theory]
    [MemberData(nameof(StreamReaderTests.GoodFiles), MemberType = typeof(StreamReaderTests))]
    public void RewritingWithoutWishesChangesNothingThatMatters(string what, byte[] bytes)
    {
        NcfFile before = Parse(bytes);
        NcfFile after = Parse(NcfRewriter.Rewrite(before, s_nothing));
        Assert.Equal(Golden.DescribePicture(before), Golden.DescribePicture(after));
        Assert.Equal(before.Segments.Select(s => (s.Sequence, s.UnitsBefore, s.FirstTick)), after.Segments.Select(s => (s.Sequence, s.UnitsBefore, s.FirstTick)));
        Assert.Equal(before.Metadata.Count, after.Metadata.Count);
        Assert.Equal(before.Digest is not null, after.VerifyDigest());
        Assert.Equal(before.Profile, after.Profile);
        Assert.Equal(NcfRewriter.Rewrite(after, s_nothing), NcfRewriter.Rewrite(before, s_nothing));
        if (what is "still with alpha" or "tiny")
        {
            Assert.Equal(bytes, NcfRewriter.Rewrite(before, s_nothing));
        }
    }

    [Theory]
    [InlineData(Golden.TinyRegistryHex)]
    [InlineData(Golden.TinyPrefixHex)]
    [InlineData(Golden.TinyMonoHex)]
    [InlineData(Golden.TinyStereoHex)]
    [InlineData(Golden.TinyTensorHex)]
    [InlineData(Golden.TinyGeometryHex)]
    [InlineData("9e 84 40 64 05 05")]
    public void TinyFilesBecomeFullAndTinyAgain(string hex)
    {
        byte[] bytes = [.. Golden.Hex(hex), 1, 2, 3, 4];
        NcfFile tiny = Parse(bytes);
        ModelReference whole = Golden.Model with { Entropy = FingerprintPrefix.FromBytes(Golden.Hex("68adf13410111213")), RegistryNumber = 100 };
        byte[] large = NcfRewriter.Rewrite(tiny, s_full with { Model = whole });
        NcfFile full = Parse(large);
        Assert.Equal(NcfProfile.Full, full.Profile);
        Assert.Equal(tiny.Units[0].Payloads[0].ToArray(), Assert.Single(full.Units[0].Payloads).ToArray());
        Assert.Equal((CoderId.R64, tiny.Units[0].Check, tiny.Units[0].RatePoint), (full.Units[0].Coder, full.Units[0].Check, full.Units[0].RatePoint));
        Assert.Equal(tiny.Tracks[0].ContentContext(3), full.Tracks[0].ContentContext(3));
        Assert.Equal(whole.Entropy, full.Models[0].Entropy);
        Assert.Null(NcfRewriter.WhyNotTiny(full, s_nothing));
        Assert.Equal(bytes, NcfRewriter.Rewrite(full, s_tiny));
    }

    [Fact]
    public void FullNeedsTheModelThatTheTinyFileMeans()
    {
        NcfFile byNumber = Parse([.. Golden.Hex(Golden.TinyRegistryHex), 1]);
        NcfFile byPrefix = Parse(Golden.Tiny);
        Assert.Throws<ArgumentException>(() => NcfRewriter.Rewrite(byNumber, s_full));
        Assert.Throws<ArgumentException>(() => NcfRewriter.Rewrite(byNumber, s_full with { Model = Golden.Model with { RegistryNumber = 101 } }));
        Assert.Throws<ArgumentException>(() => NcfRewriter.Rewrite(byPrefix, s_full with { Model = Golden.Model }));
    }

    [Fact]
    public void WhatTinyCannotHoldIsNamed()
    {
        NcfDraft plain = Golden.Plain with
        {
            Tracks = [new PictureTrack { Width = 5, Height = 4 }],
            Units = [Golden.ColourUnit with { Check = ContentCheck.Short, Payloads = [new byte[3]] }],
        };
        Assert.Null(Why(plain));
        DataUnit unit = plain.Units[0];
        PictureTrack track = (PictureTrack)plain.Tracks[0];
        (NcfDraft Draft, string Word)[] wrong =
        [
            (Golden.Draft, "2 tracks"),
            (plain with { Units = [unit, unit with { Tile = 1 }] }, "2 units"),
            (plain with { Units = [Golden.ColourUnit] }, "payload"),
            (plain with { Units = [unit with { Tile = 1 }] }, "tile"),
            (plain with { Units = [unit with { Check = ContentCheck.Normal }] }, "check"),
            (plain with { Units = [unit with { Coder = CoderId.Brotli }] }, "Brotli"),
            (plain with { Tracks = [track with { Orientation = 6 }] }, "upright"),
            (plain with { Tracks = [track with { BitDepth = 10 }] }, "8-bit"),
            (plain with { Metadata = [MetadataItem.Text("a", "b")] }, "1 pieces of metadata"),
            (plain with { IccProfile = new byte[3] }, "profile"),
            (plain with { WithDigest = true }, "digest"),
            (plain with { Layers = [new LayerDescription { Layer = 0, Purpose = LayerPurpose.Base }] }, "layer"),
        ];
        foreach ((NcfDraft draft, string word) in wrong)
        {
            NcfFile file = Parse(NcfWriter.WriteFull(draft));
            Assert.Contains(word, NcfRewriter.WhyNotTiny(file, s_nothing), StringComparison.Ordinal);
            Assert.Throws<UnsupportedBitstreamException>(() => NcfRewriter.Rewrite(file, s_tiny));
        }

        NcfRewriteOptions strip = s_tiny with { Strip = MetadataStripping.All, StripColourProfile = true, Digest = false };
        NcfDraft rich = plain with { Metadata = [MetadataItem.Text("a", "b")], IccProfile = new byte[3], WithDigest = true };
        Assert.Equal(NcfProfile.Tiny, Parse(NcfRewriter.Rewrite(Parse(NcfWriter.WriteFull(rich)), strip)).Profile);

        string? Why(NcfDraft draft) => NcfRewriter.WhyNotTiny(Parse(NcfWriter.WriteFull(draft)), s_nothing);
    }

    [Fact]
    public void SoundWithTheModelsRateCanBeTiny()
    {
        NcfFile file = Parse(NcfWriter.WriteFull(new NcfDraft
        {
            Kind = MediaKind.Audio,
            Tracks = [new AudioTrack { SampleRate = 24000, Channels = 1, Samples = 500 }],
            Models = [Golden.Model],
            TickRate = new TickRate(24000),
            TotalTicks = 500,
            Units = [new DataUnit { Coder = CoderId.R64, Check = ContentCheck.Short, Payloads = [new byte[5]] }],
        }));
        Assert.Contains("rate", NcfRewriter.WhyNotTiny(file, s_nothing), StringComparison.Ordinal);
        Assert.Contains("rate", NcfRewriter.WhyNotTiny(file, s_nothing with { ModelSampleRate = 16000 }), StringComparison.Ordinal);
        NcfFile tiny = Parse(NcfRewriter.Rewrite(file, s_tiny with { ModelSampleRate = 24000 }));
        Assert.Equal(file.Tracks[0].ContentContext(0), tiny.Tracks[0].ContentContext(0));
    }

    [Fact]
    public void StrippingLeavesThePictureAndWhatWasNotMeant()
    {
        NcfFile file = Parse(NcfWriter.WriteFull(Golden.Draft with
        {
            Metadata = [.. Golden.Draft.Metadata, new MetadataItem(MetadataKey.Xmp, "x"u8.ToArray()), new MetadataItem(MetadataKey.Iptc, "i"u8.ToArray())],
        }));
        NcfFile privately = Parse(NcfRewriter.Rewrite(file, new NcfRewriteOptions { Strip = MetadataStripping.Privacy }));
        Assert.Equal([MetadataKey.Text], privately.Metadata.Select(m => m.Key));
        NcfFile all = Parse(NcfRewriter.Rewrite(file, new NcfRewriteOptions { Strip = MetadataStripping.All }));
        Assert.Empty(all.Metadata);
        Assert.Equal(Golden.DescribePicture(file), Golden.DescribePicture(all));
        Assert.True(all.VerifyDigest());
        Assert.Null(Parse(NcfRewriter.Rewrite(file, new NcfRewriteOptions { StripColourProfile = true })).IccProfile);
    }

    [Fact]
    public void MetadataAndDigestAreAddedAndReplaced()
    {
        NcfFile file = Parse(NcfWriter.WriteFull(Golden.Draft with { WithDigest = false }));
        NcfRewriteOptions options = new()
        {
            AddMetadata = [new MetadataItem(MetadataKey.Exif, "MM"u8.ToArray()), MetadataItem.Text("Genre", "Test"), MetadataItem.CoverArt("image/png", [1, 2])],
            Digest = true,
        };
        NcfFile after = Parse(NcfRewriter.Rewrite(file, options));
        Assert.Equal([MetadataKey.Exif, MetadataKey.Text, MetadataKey.Text, MetadataKey.CoverArt], after.Metadata.Select(m => m.Key));
        Assert.Equal("MM"u8.ToArray(), after.Metadata[0].Bytes.ToArray());
        Assert.True(after.VerifyDigest());
        Assert.Null(Parse(NcfRewriter.Rewrite(after, new NcfRewriteOptions { Digest = false })).Digest);

        // A Tiny file becomes Full when it must.
        NcfFile tiny = Parse([.. Golden.Hex(Golden.TinyRegistryHex), 1]);
        Assert.Equal(NcfProfile.Full, Parse(NcfRewriter.Rewrite(tiny, options with { Model = Golden.Model })).Profile);
    }

    [Fact]
    public void UnknownChunksAreCarriedAlongOnlyWhenThatIsSafe()
    {
        byte[] safe = Chunk(20, 0x40 | Checksum, [1, 2]);
        byte[] safePrivate = Chunk(31, 0x40, [9], "safE");
        byte[] foreign = Chunk(8, 0x40 | Checksum, [1, 2, 5, 5]); // Exif in an unknown compression
        byte[] file = File(Head, Chunk(21, Checksum, [3]), safe, Trak, Model, safePrivate, foreign, Chunk(12, 0x40, [0]), Data, End);
        NcfFile after = Parse(NcfRewriter.Rewrite(Parse(file), s_nothing));
        Assert.Equal([safe, safePrivate, foreign], after.Chunks.Where(c => !c.IsUnderstood).Select(c => after.Bytes.Slice((int)c.Offset, (int)c.TotalLength).ToArray()));
        after = Parse(NcfRewriter.Rewrite(Parse(file), new NcfRewriteOptions { Strip = MetadataStripping.Privacy }));
        Assert.Equal([20, 31], after.Chunks.Where(c => !c.IsUnderstood).Select(c => (int)c.Id));
        Assert.DoesNotContain(after.Chunks, c => c.Id == ChunkId.Padding);
    }
}
