using Codecs.Formats.Container;
using static Codecs.Formats.Tests.Container.ChunkBuilder;

namespace Codecs.Formats.Tests.Container;

public class StreamReaderTests
{
    private static readonly NcfReaderOptions s_recover = new() { Recover = true };

    public static TheoryData<string, byte[]> GoodFiles => new()
    {
        { "three segments", Samples.ThreeSegments },
        { "still with alpha", Golden.Full },
        { "tiny", Golden.Tiny },
        { "unchecked data", File(Head, Trak, Model, Chunk(8, 0, [61, 0]), Chunk(4, Critical, [0, 0, 1, 1, 1, 0xAA]), End) },
        { "sound without units", NcfWriter.WriteFull(new NcfDraft { Kind = MediaKind.Audio, Tracks = [TrackTests.Speech], Units = [], TickRate = new(24000) }) },
        { "unknown chunks", FileWith([.. Chunk(20, 0x40, [1]), .. Chunk(12, 0x80, new byte[70]), .. Chunk(31, Checksum, [7], "abCD")]) },
    };

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public async Task StreamsGiveWhatParsingGivesHoweverTheBytesArrive(string what, byte[] file)
    {
        NcfFile expected = NcfFile.Parse(file, NcfLimits.Default);
        foreach (int step in new[] { 1, 7, 1 << 20 })
        {
            foreach (bool recover in new[] { false, true })
            {
                NcfReaderOptions options = new() { Recover = recover, VerifyDigest = true };
                using NcfStreamReader reader = new(new Trickle(file, step), NcfLimits.Default, options);
                NcfHeader header = reader.ReadHeader()!;
                Assert.Equal(expected.Tracks, header.Tracks);
                List<string> units = [];
                while (reader.ReadUnit() is { } unit)
                {
                    units.Add(Samples.Describe(unit));
                }

                AssertSame(what, expected, reader, units);
                using NcfStreamReader other = new(new Trickle(file, step), NcfLimits.Default, options);
                Assert.Equal(header.Tracks, (await other.ReadHeaderAsync(TestContext.Current.CancellationToken))!.Tracks);
                units.Clear();
                while (await other.ReadUnitAsync(TestContext.Current.CancellationToken) is { } unit)
                {
                    units.Add(Samples.Describe(unit));
                }

                AssertSame(what, expected, other, units);
            }
        }
    }

    [Fact]
    public void UnitsComeAsSoonAsTheirBytesHaveArrived()
    {
        NcfFile file = NcfFile.Parse(Samples.ThreeSegments, NcfLimits.Default);
        Trickle stream = new(Samples.ThreeSegments, 1);
        using NcfStreamReader reader = new(stream, NcfLimits.Default);
        foreach (DataUnit unit in file.Units)
        {
            reader.ReadUnit();
            long end = file.Chunks.Where(c => c.Offset == unit.Offset).Select(c => c.Offset + c.TotalLength).Single();
            Assert.Equal(end, stream.Given);
        }
    }

    [Fact]
    public void CopiesOutliveTheNextRead()
    {
        using NcfStreamReader reader = new(new Trickle(Samples.ThreeSegments, 1), NcfLimits.Default);
        List<DataUnit> kept = [];
        while (reader.ReadUnit() is { } unit)
        {
            kept.Add(unit.Copy());
        }

        Assert.Equal(Enumerable.Range(0, Samples.UnitCount).Select(i => Samples.Describe(Samples.Unit(i))), kept.Select(Samples.Describe));
    }

    [Fact]
    public void BytesAfterTheEndAreLeftInTheStream()
    {
        byte[] two = [.. Golden.Full, .. Golden.Full];
        Trickle stream = new(two, 1);
        for (int i = 0; i < 2; i++)
        {
            using NcfStreamReader reader = new(stream, NcfLimits.Default);
            Assert.NotNull(reader.ReadUnit());
            Assert.NotNull(reader.ReadUnit());
            Assert.Null(reader.ReadUnit());
            Assert.Null(reader.ReadUnit());
        }
    }

    [Fact]
    public void StrictReadingEndsWithTheErrorsOfParsing()
    {
        byte[] file = [.. Samples.ThreeSegments];
        for (int at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x10;
            Exception? expected = Record.Exception(() => NcfFile.Parse(file, NcfLimits.Default));
            Exception? actual = Record.Exception(() => ReadAll(file, NcfReaderOptions.Default));
            Assert.IsType(expected!.GetType(), actual);
            Assert.Equal((expected as InvalidBitstreamException)?.Offset, (actual as InvalidBitstreamException)?.Offset);
            file[at] ^= 0x10;
        }

        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => ReadAll(file[..length], NcfReaderOptions.Default));
        }
    }

    [Fact]
    public void DamageAtEveryByteCostsAtMostItsSegmentAndIsReported()
    {
        byte[] file = [.. Samples.ThreeSegments];
        for (int at = 0; at < file.Length; at++)
        {
            file[at] ^= 0xFF;
            using NcfStreamReader reader = new(new Trickle(file, 64), NcfLimits.Default, s_recover);
            HashSet<string> found = [];
            while (reader.ReadUnit() is { } unit)
            {
                found.Add(Samples.Describe(unit));
            }

            // A reader that cannot go back loses the first segment when the definitions before it are gone.
            int hit = Math.Max(0, Samples.Bounds.Count(b => b <= at) - 1);
            for (int i = 0; i < Samples.UnitCount; i++)
            {
                Assert.True(i / Samples.UnitsPerSegment == hit || found.Contains(Samples.Describe(Samples.Unit(i))), $"byte {at}: unit {i} is gone");
            }

            Assert.NotEmpty(reader.Lost);
            Assert.True(reader.Lost.Any(l => l.Offset <= at && at < l.Offset + l.Length), $"byte {at} is not among what was lost");
            Assert.Equal(Samples.UnitCount - found.Count, reader.IsComplete ? reader.MissingUnits : Samples.UnitCount - found.Count);
            file[at] ^= 0xFF;
        }
    }

    [Fact]
    public void RunningStreamsCanBeJoinedWhereDefinitionsAreRepeated()
    {
        byte[] file = Samples.ThreeSegments;
        for (int start = 1; start <= Samples.Bounds[1]; start += 5)
        {
            using NcfStreamReader reader = new(new Trickle(file[start..], 64), NcfLimits.Default, s_recover);
            Assert.Equal(Samples.Film.Tracks, reader.ReadHeader()!.Tracks);
            List<long> numbers = [];
            while (reader.ReadUnit() is { } unit)
            {
                numbers.Add(unit.Number);
            }

            Assert.Equal(Enumerable.Range(4, 8).Select(i => (long)i), numbers.Where(n => n >= 4));
            Assert.True(reader.IsComplete);
        }
    }

    [Fact]
    public void AnnouncedLengthsAllocateNothingUntilTheBytesArrive()
    {
        byte[] file = [.. Signature, .. Head, .. Trak, .. Model, 0xA4, 0x8F, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        foreach (NcfReaderOptions options in new[] { NcfReaderOptions.Default, s_recover })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Record.Exception(() => ReadAll(file, options));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        }

        LimitExceededException error = Assert.Throws<LimitExceededException>(
            () => ReadAll([.. file[..^7], 0x90, 0, 0, 1, 1], NcfReaderOptions.Default));
        Assert.Contains("MaxChunkBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongStreamsNeedTheMemoryOfOneChunk()
    {
        using MemoryStream stream = new();
        using (NcfStreamWriter writer = new(stream, Samples.Film))
        {
            for (int i = 0; i < 500; i++)
            {
                writer.WriteUnit(Samples.Unit(0) with { Number = i, Payloads = [new byte[40_000]] });
            }

            writer.Complete();
        }

        using NcfStreamReader reader = new(new Trickle(stream.ToArray(), 1 << 16), NcfLimits.Default, new NcfReaderOptions { VerifyDigest = true });
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (reader.ReadUnit() is not null)
        {
        }

        // 20 MB went through.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.Null(reader.DigestHolds);
    }

    [Fact]
    public void TinyStreamsAreLimitedToo() => Assert.Throws<LimitExceededException>(() =>
        ReadAll([.. Golden.Tiny, .. new byte[100]], NcfReaderOptions.Default, NcfLimits.Default with { MaxChunkBytes = 50 }));

    [Fact]
    public void OtherDigestsAreNoticed()
    {
        byte[] hash = Chunk(9, Checksum, [1, .. new byte[32]]);
        using NcfStreamReader reader = new(new Trickle(File(Head, Trak, Model, Data, hash, End), 5), NcfLimits.Default, new NcfReaderOptions { VerifyDigest = true });
        Assert.Null(reader.DigestHolds);
        Assert.NotNull(reader.ReadUnit());
        Assert.Null(reader.ReadUnit());
        Assert.False(reader.DigestHolds);
    }

    private static void AssertSame(string what, NcfFile expected, NcfStreamReader reader, List<string> units)
    {
        Assert.Equal(expected.Units.Select(Samples.Describe), units);
        Assert.Equal(expected.Profile, reader.Profile);
        NcfHeader header = reader.Header!;
        Assert.Equal(expected.Tracks, header.Tracks);
        Assert.Equal(expected.Models, header.Models);
        Assert.Equal(expected.Metadata.Select(m => Convert.ToHexString(m.Bytes.Span)), header.Metadata.Select(m => Convert.ToHexString(m.Bytes.Span)));
        Assert.Equal(expected.IccProfile?.ToArray(), header.IccProfile?.ToArray());
        Assert.Equal((expected.Kind, expected.Header.TickRate, expected.Header.UnitCount), (header.Kind, header.TickRate, header.UnitCount));
        Assert.Equal(expected.Digest is null ? null : true, reader.DigestHolds);
        Assert.True(reader.IsComplete && reader.Lost.Count == 0 && reader.MissingUnits == 0, what);
    }

    private static void ReadAll(byte[] file, NcfReaderOptions options, NcfLimits? limits = null)
    {
        using NcfStreamReader reader = new(new Trickle(file, 1 << 16), limits ?? NcfLimits.Default, options);
        while (reader.ReadUnit() is not null)
        {
        }
    }
}
