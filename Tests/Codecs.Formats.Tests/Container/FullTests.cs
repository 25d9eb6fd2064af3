using System.Security.Cryptography;
using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container;

public class FullTests
{
    [Fact]
    public void StillOfTheSpecificationCosts84Bytes()
    {
        byte[] payload = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];
        byte[] file = NcfWriter.WriteFull(new NcfDraft
        {
            Tracks = [new PictureTrack { Width = 768, Height = 512 }],
            Models = [Golden.Model with { Determinism = DeterminismClass.IntegerExact, Name = "", RegistryNumber = 0 }],
            Units = [new DataUnit { Coder = CoderId.R64, RatePoint = 3, Payloads = [payload] }],
        });
        Assert.Equal(5084, file.Length);
        Assert.Equal(
            Golden.Hex(
                "9e 4e 43 46 0d 0a 1a 01 a1 04 00 00 00 01 7b 8b c8 33 a2 0d 00 00 43 00 42 00 08 00 01 0d 00 01 01 8d 06 5c e1 " +
                "a3 15 00 00 08 10 11 12 13 14 15 16 17 08 20 21 22 23 24 25 26 27 03 7a 18 20 c7 a4 53 8d 00 00 01 01 01"),
            file[..72]);
        Assert.Equal("bdfcbc2ea5acb60bd9a3f47d5341f5bfd12d50cfabb0a54bec838554f1fbc33f", Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Fact]
    public void WriterGivesTheGoldenBytes() => Assert.Equal(Golden.Full, NcfWriter.WriteFull(Golden.Draft));

    [Fact]
    public void OrderOfTracksModelsAndMetadataDoesNotMatter() => Assert.Equal(
        Golden.Full,
        NcfWriter.WriteFull(Golden.Draft with { Tracks = [.. Golden.Draft.Tracks.Reverse()], Metadata = [.. Golden.Draft.Metadata.Reverse()] }));

    [Fact]
    public void GoldenFileIsReadInFull()
    {
        NcfFile file = NcfFile.Parse(Golden.Full, NcfLimits.Default);
        Assert.Equal(NcfProfile.Full, file.Profile);
        Assert.Equal(Golden.Draft.Tracks, file.Tracks);
        Assert.Equal(Golden.ColourTrack, file.ColourTrack);
        Assert.Equal(TrackRole.Alpha, file.AlphaTrack!.Role);
        Assert.Equal(Golden.Model, Assert.Single(file.Models));
        Assert.Equal("ICC!"u8.ToArray(), file.IccProfile!.Value.ToArray());
        Assert.Equal([MetadataKey.Exif, MetadataKey.Text], file.Metadata.Select(m => m.Key));
        Assert.Equal("II*\0"u8.ToArray(), file.Metadata[0].Bytes.ToArray());
        Assert.Null(file.Metadata[0].ReadText());
        Assert.Equal(("Author", "Me"), file.Metadata[1].ReadText());
        Assert.True(file.VerifyDigest());

        DataUnit colour = Assert.Single(file.UnitsOf(file.ColourTrack));
        Assert.Equal((CoderId.R64, ContentCheck.Normal, (byte)7, UnitAccess.RandomAccessPoint), (colour.Coder, colour.Check, colour.RatePoint, colour.Access));
        Assert.Equal(["AABB", "CCDDEE"], colour.Payloads.Select(p => Convert.ToHexString(p.Span)));
        Assert.Equal(5, colour.PayloadBytes);
        DataUnit alpha = Assert.Single(file.UnitsOf(file.AlphaTrack));
        Assert.Equal((CoderId.Brotli, (byte)0), (alpha.Coder, alpha.RatePoint));

        Assert.Equal(
            ["HEAD", "TRAK", "TRAK", "MODL", "COLR", "META", "META", "DATA", "DATA", "HASH", "END"],
            file.Chunks.Select(c => c.Name));
        Assert.All(file.Chunks, c => Assert.True(c.IsUnderstood && c.HasChecksum));
        Assert.Equal(Golden.Full.Length - 8, file.Chunks.Sum(c => c.TotalLength));
    }

    [Fact]
    public void EveryDraftComesBack()
    {
        Gen<DataUnit> genUnit =
            from coder in Gen.Int[0, 6]
            from check in Gen.Int[0, 2]
            from ratePoint in Gen.Byte
            from layer in Gen.Int[0, 7]
            from tile in Gen.Int[-1, 1000]
            from timestamp in Gen.Long[-1, 1L << 61]
            from access in Gen.Int[0, 3]
            from payloads in Gen.Byte.Array[0, 100].Array[1, 5]
            select new DataUnit
            {
                Coder = (CoderId)coder,
                Check = (ContentCheck)check,
                RatePoint = ratePoint,
                Layer = layer,
                Tile = tile < 0 ? null : tile,
                Timestamp = timestamp < 0 ? null : timestamp,
                Access = (UnitAccess)access,
                Payloads = [.. payloads.Select(p => (ReadOnlyMemory<byte>)p)],
            };
        Gen<PictureTrack> genTrack =
            from id in Gen.Int[0, 1 << 20]
            from width in Gen.Int[1, 32768]
            from height in Gen.Int[1, 4096]
            from depth in Gen.Int[1, 16]
            from layout in Gen.Int[0, 5]
            from orientation in Gen.Int[1, 8]
            from model in Gen.Int[0, 1 << 20]
            from aspect in Gen.Int[1, 300]
            select new PictureTrack
            {
                Id = id,
                Width = width,
                Height = height,
                BitDepth = depth,
                Layout = (PictureLayout)layout,
                Orientation = orientation,
                Model = model,
                Colour = new Cicp(9, 16, 0, false),
                PixelAspect = (aspect, aspect % 7 == 0 ? 1 : 11),
            };
        Gen.Select(genTrack, genUnit.Array[1, 4], Gen.Long[0, 1L << 38], Gen.Bool, Gen.Byte.Array[0, 300]).Sample((track, units, step, digest, exif) =>
        {
            NcfDraft draft = new()
            {
                Tracks = [track],
                Models = [Golden.Model with { Index = track.Model }],
                Units = [.. units.Select((u, i) => u with { Track = track.Id, Number = i * (step + 1) })],
                Metadata = [new MetadataItem(MetadataKey.Exif, exif)],
                WithDigest = digest,
            };
            byte[] bytes = NcfWriter.WriteFull(draft);
            NcfFile file = NcfFile.Parse(bytes, NcfLimits.Default);
            Assert.Equal(draft.Tracks, file.Tracks);
            Assert.Equal(draft.Models, file.Models);
            Assert.Equal(digest, file.VerifyDigest());
            Assert.Equal(exif, file.Metadata[0].Bytes.ToArray());
            Assert.Equal(draft.Units.Count, file.Units.Count);
            foreach ((DataUnit expected, DataUnit actual) in draft.Units.Zip(file.Units))
            {
                Assert.Equal(expected with { Payloads = [], Offset = 0 }, actual with { Payloads = [], Offset = 0 });
                Assert.Equal(expected.Payloads.Select(p => p.ToArray()), actual.Payloads.Select(p => p.ToArray()));
            }

            // What was read writes the same bytes again.
            Assert.Equal(bytes, NcfWriter.WriteFull(draft with { Tracks = file.Tracks, Models = file.Models, Units = file.Units, Metadata = file.Metadata }));
        }, iter: 300);
    }

    [Fact]
    public void DigestNoticesAChangeThatKeepsEveryChecksumRight()
    {
        // The digest of another file, with a fitting CRC.
        byte[] hash = ChunkBuilder.Chunk(9, ChunkBuilder.Checksum, [1, .. SHA256.HashData(Golden.Full)]);
        NcfFile file = ChunkBuilder.Parse(ChunkBuilder.FileWith(hash));
        Assert.Throws<InvalidBitstreamException>(() => file.VerifyDigest());
    }

    [Fact]
    public void ContradictoryDraftsAreTheCallersMistakes()
    {
        NcfDraft plain = Golden.Plain;
        DataUnit unit = Golden.ColourUnit;
        PictureTrack alpha = (PictureTrack)Golden.Draft.Tracks[1];
        NcfDraft[] wrong =
        [
            plain with { Tracks = [] },
            plain with { Tracks = [Golden.ColourTrack, Golden.ColourTrack with { Id = 1 }] },
            plain with { Tracks = [Golden.ColourTrack, alpha with { Width = 6 }], Units = [unit, unit with { Track = 1 }] },
            plain with { Tracks = [Golden.ColourTrack, alpha with { Layout = PictureLayout.Rgb }], Units = [unit, unit with { Track = 1 }] },
            plain with { Tracks = [Golden.ColourTrack with { Layout = PictureLayout.Rgba }, alpha], Units = [unit, unit with { Track = 1 }] },
            plain with { Tracks = [Golden.ColourTrack, alpha with { Id = 0 }] },
            plain with { Tracks = [alpha], Units = [unit with { Track = 1 }] },
            plain with { Tracks = [Golden.ColourTrack with { Orientation = 9 }] },
            plain with { Tracks = [Golden.ColourTrack with { Width = 0 }] },
            plain with { Tracks = [Golden.ColourTrack with { BitDepth = 17 }] },
            plain with { Tracks = [Golden.ColourTrack with { Model = 1 }] },
            plain with { Models = [] },
            plain with { Models = [Golden.Model, Golden.Model] },
            plain with { Models = [Golden.Model with { Determinism = null }] },
            plain with { Models = [Golden.Model with { Entropy = FingerprintPrefix.FromTiny(0x4000) }] },
            plain with { Models = [Golden.Model with { Name = "a\nb" }] },
            plain with { Models = [Golden.Model with { Name = new string('x', 1025) }] },
            plain with { Models = [Golden.Model with { RegistryNumber = 838 }] },
            plain with { Units = [] },
            plain with { Units = [unit, unit] },
            plain with { Units = [unit with { Number = 1 }, unit] },
            plain with { Units = [unit with { Number = -1 }] },
            plain with { Units = [unit with { Track = 7 }] },
            plain with { Units = [unit with { Coder = CoderId.ModelDefined }] },
            plain with { Units = [unit with { Payloads = [] }] },
            plain with { Units = [unit with { Layer = 8 }] },
            plain with { Metadata = [new(MetadataKey.Xmp, new byte[1]), new(MetadataKey.Xmp, new byte[2])] },
            plain with { Metadata = [new((MetadataKey)(-1), new byte[1])] },
            plain with { Metadata = [.. Enumerable.Range(0, 65).Select(i => MetadataItem.Text($"k{i}", "v"))] },
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            Assert.True(Record.Exception(() => NcfWriter.WriteFull(wrong[i])) is ArgumentException, $"draft {i} was accepted");
        }
    }

    [Fact]
    public void UnitsThatNeedNoModelAreWrittenWithoutOne()
    {
        NcfFile file = NcfFile.Parse(
            NcfWriter.WriteFull(Golden.Plain with { Models = [], Units = [Golden.ColourUnit with { Coder = CoderId.Raw }] }), NcfLimits.Default);
        Assert.Null(file.ModelOf(file.ColourTrack));
        Assert.Equal(7, file.Units[0].RatePoint);
    }
}
