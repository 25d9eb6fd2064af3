using Codecs.Formats.Container;
using CsCheck;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class SalvageTests
{
    private static readonly byte[] s_still = NcfWriter.WriteFull(Golden.Draft);
    private static readonly byte[] s_segments = Samples.ThreeSegments;

    [Theory]
    [MemberData(nameof(StreamReaderTests.GoodFiles), MemberType = typeof(StreamReaderTests))]
    public void GoodFilesAreIntact(string what, byte[] bytes)
    {
        SalvageReport report = NcfSalvage.Examine(bytes, NcfLimits.Default);
        Assert.True(report.IsIntact, what);
        NcfFile expected = Parse(bytes);
        Assert.Equal(Golden.DescribePicture(expected), Golden.DescribePicture(report.File!));
        Assert.Equal(expected.Units.Count, report.Units.Count);
        Assert.Equal(Enumerable.Range(0, report.Units.Count).Select(i => (long)i), report.Units.Select(u => u.Ordinal));
        Assert.Equal(expected.Digest is null ? null : true, report.DigestHolds);
        Assert.Equal(Golden.DescribePicture(expected), Golden.DescribePicture(Parse(NcfSalvage.Repair(report))));
    }

    [Fact]
    public void DamageAtEveryByteCostsAtMostItsSegment()
    {
        byte[] file = [.. s_segments];
        foreach (byte change in new byte[] { 1, 0x20, 0x80, 0xFF })
        {
            for (int at = 0; at < file.Length; at++)
            {
                file[at] ^= change;
                AssertSegmentsComeBack(file, at, at, $"byte {at} xor {change}");
                file[at] ^= change;
            }
        }
    }

    [Fact]
    public void OneDamagedUnitCostsOnlyItself()
    {
        byte[] file = [.. s_segments];
        DataUnit unit = Parse(s_segments).Units[5];
        file[unit.Offset + 12] ^= 1;
        SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i == 5 ? UnitStatus.Damaged : UnitStatus.Ok), report.Units.Select(u => u.Status));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (long)i), report.Units.Select(u => u.Ordinal));
        Assert.Equal(unit.Offset, Assert.Single(report.Lost).Offset);
        Assert.False(report.DigestHolds);
        Assert.False(report.IsIntact);
    }

    [Fact]
    public void UnitsThatWereCutOutAreMissingWithTheirNumbers()
    {
        NcfFile whole = Parse(s_segments);
        byte[] file = [.. s_segments[..(int)whole.Units[5].Offset], .. s_segments[(int)whole.Units[7].Offset..]];
        SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
        UnitReport gone = Assert.Single(report.Units, u => u.Status == UnitStatus.Missing);
        Assert.Equal((2L, 2L, 10L), (gone.Count, report.CountOf(UnitStatus.Missing), report.CountOf(UnitStatus.Ok)));

        // Nothing marks the place, so it is taken for the end of the segment; what follows the next segment's start is right again.
        Assert.Equal(6, gone.Ordinal);
        Assert.Equal(Enumerable.Range(8, 4).Select(i => (long)i), report.Units.Where(u => u.Ordinal >= 8).Select(u => u.Ordinal));
        Assert.Equal((8L, 11L), (report.Units[^4].Unit!.Number, report.Units[^1].Unit!.Number));
    }

    [Fact]
    public void ThousandRandomDamagesLeaveEverythingOutsideTheirSegments()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, s_segments.Length - 1], Gen.Int[1, 60], Gen.Byte.Array[60]).Sample(
            (kind, at, length, noise) =>
            {
                length = Math.Min(length, s_segments.Length - at);
                byte[] file = kind switch
                {
                    0 => [.. s_segments[..at], (byte)(s_segments[at] ^ Math.Max((byte)1, noise[0])), .. s_segments[(at + 1)..]],
                    1 => [.. s_segments[..at], .. noise[..length], .. s_segments[(at + length)..]],
                    2 => [.. s_segments[..at], .. s_segments[(at + length)..]],
                    3 => [.. s_segments[..at], .. noise[..length], .. s_segments[at..]],
                    _ => s_segments[..at],
                };
                int last = kind == 4 ? s_segments.Length - 1 : kind is 1 or 2 ? at + length - 1 : at;
                AssertSegmentsComeBack(file, at, last, $"kind {kind} at {at}, {length} bytes");
            },
            iter: 1_000);
    }

    [Fact]
    public void DamageToThePartsAroundAStillDoesNotCostThePicture()
    {
        string expected = Samples.Describe(Parse(s_still).Units[0]);
        foreach (ChunkInfo chunk in Parse(s_still).Chunks.Where(c => c.Id is ChunkId.Head or ChunkId.Colour or ChunkId.Metadata or ChunkId.Hash or ChunkId.End))
        {
            for (long at = chunk.Offset; at < chunk.Offset + chunk.TotalLength; at++)
            {
                AssertPicture(at);
            }
        }

        for (int at = 0; at < 8; at++)
        {
            AssertPicture(at);
        }

        void AssertPicture(long at)
        {
            foreach (byte change in new byte[] { 1, 0x40, 0xFF })
            {
                byte[] file = [.. s_still];
                file[at] ^= change;
                SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
                Assert.Equal(Golden.ColourTrack, report.File!.ColourTrack);
                Assert.True(report.File.Units.Any(u => Samples.Describe(u) == expected), $"byte {at} xor {change} costs the picture");
                Assert.NotEmpty(report.Lost);
                NcfFile repaired = Parse(NcfSalvage.Repair(report));
                Assert.Equal(2, repaired.Units.Count);
            }
        }
    }

    [Fact]
    public void PictureWithoutItsAlphaIsStillAPicture()
    {
        byte[] file = [.. s_still];
        file[Parse(s_still).Units[1].Offset + 8] ^= 1;
        SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
        Assert.Null(report.File!.AlphaTrack);
        NcfFile repaired = Parse(NcfSalvage.Repair(report));
        Assert.Equal("AABB", Convert.ToHexString(Assert.Single(repaired.Units).Payloads[0].Span));
        Assert.Equal((2, true), (repaired.Metadata.Count, repaired.VerifyDigest()));
    }

    [Fact]
    public void LostModelsAreReportedAsSuch()
    {
        byte[] file = [.. s_still];
        file[Parse(s_still).Chunks.Single(c => c.Id == ChunkId.Model).Offset + 5] ^= 1;
        SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
        Assert.Equal([UnitStatus.ModelMissing, UnitStatus.Ok], report.Units.Select(u => u.Status));
    }

    [Fact]
    public void CutUnitsGiveThePayloadsThatAreWhole()
    {
        DataUnit last = Parse(s_segments).Units[^1];
        int whole = last.Payloads[0].Length;
        for (int cut = (int)last.Offset; cut < last.Offset + whole + 14; cut++)
        {
            UnitReport report = NcfSalvage.Examine(s_segments.AsMemory(0, cut), NcfLimits.Default).Units[^1];
            bool isThere = cut >= last.Offset + 9 + whole;
            Assert.Equal(isThere ? (UnitStatus.Damaged, 11) : (UnitStatus.Ok, 10), (report.Status, (int)report.Unit!.Number));
            if (isThere)
            {
                Assert.Equal(last.Payloads[0].ToArray(), Assert.Single(report.Unit.Payloads).ToArray());
            }
        }
    }

    [Fact]
    public void RepairedFilesAreGoodAndHoldEverythingThatWasFound()
    {
        byte[] file = [.. s_segments];
        for (int at = 0; at < file.Length; at += 3)
        {
            file[at] ^= 0xFF;
            SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
            NcfFile repaired = Parse(NcfSalvage.Repair(report));
            Assert.Equal(report.File!.Units.Select(Samples.Describe), repaired.Units.Select(Samples.Describe));
            Assert.Equal(report.File.Metadata.Count, repaired.Metadata.Count);
            Assert.Equal(Samples.Film.Tracks, repaired.Tracks);
            Assert.InRange(repaired.Segments.Count, 2, 3);
            file[at] ^= 0xFF;
        }
    }

    [Fact]
    public void NothingLeftIsSaidSo()
    {
        foreach (byte[] file in new byte[][] { [], [1], [0x9E], Signature, File(Head, Trak), [.. Signature, .. Samples.Payload(1, 500)], [0x9E, 0x83] })
        {
            SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
            Assert.False(report.IsIntact);
            Assert.Throws<UnsupportedBitstreamException>(() => NcfSalvage.Repair(report));
        }
    }

    [Fact]
    public void StatusesOfDecodersAreKept()
    {
        SalvageReport report = NcfSalvage.Examine(Golden.Tiny, NcfLimits.Default);
        report.Units[0].Status = UnitStatus.NotDeterministic;
        Assert.Equal((1L, false), (report.CountOf(UnitStatus.NotDeterministic), report.IsIntact));
    }

    [Fact]
    public void HostileFilesTakeLinearTimeAndMemory()
    {
        // Each pattern repeated over 300 kB: chunks that claim most of the file, syncs, heads that look good.
        byte[] sync = Golden.Hex("9e53594e43f17a5c");
        byte[][] patterns =
        [
            [0xA4, 0x80, 0x01, 0x00, 0x00, 0, 0, 1, 1, 1],
            [.. Chunk(12, 0x80, []), 0xA4, 0x80, 0x01, 0x00, 0x00, 0, 0, 1, 1, 1],
            [0x85, 0x7F, 0xFF, .. sync],
            [0x85, 0x40, 0xFF, .. sync],
            sync,
            Segment(0, 0, 0, 0),
            [.. Segment(5, 9, 0, 0), 0xA4, 0x80, 0x00, 0x80, 0x00, 0, 0, 1, 1, 1],
            [12, 0],
            [.. Chunk(4, [0, 0, 1, 1, 1, 0xAA])],
            [0xA4, 5, 0, 0, 1, 1, 1, 1, 1, 1, 1],
        ];
        foreach (byte[] pattern in patterns)
        {
            byte[] file = [.. Signature, .. Enumerable.Repeat(pattern, 300_000 / pattern.Length).SelectMany(p => p)];
            long before = GC.GetAllocatedBytesForCurrentThread();
            NcfSalvage.Examine(file, NcfLimits.Default);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 200_000 + (400L * file.Length), $"{allocated} bytes for {Convert.ToHexString(pattern)}");
            using NcfStreamReader reader = new(new Trickle(file, 1000), NcfLimits.Default, new NcfReaderOptions { Recover = true });
            while (reader.ReadUnit() is not null)
            {
            }
        }
    }

    [Fact]
    public void RandomBytesNeverEscape() =>
        Gen.Select(Gen.Bool, Gen.Byte.Array[0, 400]).Sample(
            (signed, bytes) =>
            {
                byte[] file = signed ? [.. Signature, .. Head, .. bytes, .. Trak, .. Model, .. Data] : bytes;
                SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
                Assert.True(report.Lost.Sum(l => l.Length) <= file.Length);
                using NcfStreamReader reader = new(new Trickle(file, 50), NcfLimits.Default, new NcfReaderOptions { Recover = true });
                Exception? error = Record.Exception(() =>
                {
                    while (reader.ReadUnit() is not null)
                    {
                    }
                });
                Assert.True(error is null or CodecException, error?.ToString());
            },
            iter: 3_000);

    [Fact]
    public void ChunksBeyondTheLimitAreLost()
    {
        SalvageReport report = NcfSalvage.Examine(s_segments, NcfLimits.Default with { MaxChunks = 12 });
        Assert.Contains("MaxChunks", Assert.Single(report.Lost).Reason, StringComparison.Ordinal);
        Assert.Equal(4, report.File!.Units.Count);
    }

    private static void AssertSegmentsComeBack(byte[] file, int first, int last, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        SalvageReport report = NcfSalvage.Examine(file, NcfLimits.Default);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 200_000, $"{what}: {allocated} bytes were allocated for a file of {file.Length}");

        int from = SegmentOf(first);
        int to = SegmentOf(last);
        HashSet<string> found = [.. report.File?.Units.Select(Samples.Describe) ?? []];
        for (int i = 0; i < Samples.UnitCount; i++)
        {
            int segment = i / Samples.UnitsPerSegment;
            Assert.True((segment >= from && segment <= to) || found.Contains(Samples.Describe(Samples.Unit(i))), $"{what}: unit {i} is gone");
        }

        if (from > 0)
        {
            Assert.True(report.File!.Tracks.SequenceEqual(Samples.Film.Tracks) && report.File.Metadata.Count >= 2, $"{what}: definitions are gone");
        }
    }

    // What lies before the first segment belongs to it only when later segments cannot replace it: -1, so that the first segment must come back too.
    private static int SegmentOf(int at) => Samples.Bounds.Count(b => b <= at) - 1;
}
