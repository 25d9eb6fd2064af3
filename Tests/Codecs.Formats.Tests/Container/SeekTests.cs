using System.Buffers;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

public class SeekTests
{
    // Random access points every third unit, segments every twelfth.
    private static readonly byte[] s_film = Write(withIndex: true);

    [Fact]
    public void EveryTickLeadsToTheLastRandomAccessPointBeforeIt()
    {
        foreach (byte[] file in new[] { s_film, Write(withIndex: false), WithoutIndex() })
        {
            using NcfStreamReader reader = new(new MemoryStream([0, 0, .. file]) { Position = 2 }, NcfLimits.Default);
            foreach (int tick in Enumerable.Range(0, 60).Reverse().Concat([7, 1_000_000]))
            {
                long expected = Math.Min(tick, 47) / 3 * 3;
                Assert.Equal(expected, reader.SeekToTick(tick));
                for (long number = expected; number < 48; number++)
                {
                    Assert.Equal(number, reader.ReadUnit()!.Number);
                }

                Assert.Null(reader.ReadUnit());
                Assert.True(reader.IsComplete);
            }

            Assert.Equal(2, reader.Header!.Metadata.Count);
            Assert.Equal((0L, 0), (reader.MissingUnits, reader.Lost.Count));
        }
    }

    [Fact]
    public void SegmentsComeFromTheIndexOrFromHopping()
    {
        NcfSegment[] expected = [.. NcfFile.Parse(s_film, NcfLimits.Default).Segments];
        Assert.Equal(4, expected.Length);
        foreach (byte[] file in new[] { s_film, WithoutIndex(), s_film[..^1] })
        {
            using NcfStreamReader reader = new(new MemoryStream(file), NcfLimits.Default);
            Assert.Equal(expected, reader.ReadSegments());
        }
    }

    [Fact]
    public void IndexesThatLieAreNotBelieved()
    {
        NcfFile parsed = NcfFile.Parse(s_film, NcfLimits.Default);
        ChunkInfo index = parsed.Chunks.Single(c => c.Id == ChunkId.Index);
        byte[] payload = s_film.AsSpan((int)index.PayloadOffset, index.PayloadLength).ToArray();
        for (int at = 0; at < payload.Length; at++)
        {
            byte[] wrong = [.. payload];
            wrong[at] ^= 1;
            byte[] file = [.. s_film[..(int)index.Offset], .. ChunkBuilder.Chunk(6, ChunkBuilder.Checksum, wrong), .. s_film[(int)(index.Offset + index.TotalLength)..]];
            using NcfStreamReader reader = new(new MemoryStream(file), NcfLimits.Default);
            IReadOnlyList<NcfSegment> segments = reader.ReadSegments();
            Assert.All(segments, s => Assert.Contains(s, parsed.Segments));
            Assert.ThrowsAny<CodecException>(() => NcfFile.Parse(file, NcfLimits.Default));
        }
    }

    [Fact]
    public void DamagedFilesNeverGiveForeignErrors()
    {
        byte[] file = [.. s_film];
        for (int at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x41;
            using NcfStreamReader reader = new(new MemoryStream(file), NcfLimits.Default, new NcfReaderOptions { Recover = true });
            Exception? error = Record.Exception(() => reader.SeekToTick(30));
            Assert.True(error is null or CodecException or NotSupportedException, $"byte {at}: {error}");
            file[at] ^= 0x41;
        }
    }

    [Fact]
    public void SoundBesideAFilmComesAlong()
    {
        NcfHeader header = new()
        {
            Kind = MediaKind.AudioVideo,
            TickRate = new TickRate(1000),
            Tracks = [new AudioTrack { Id = 0, Channels = 1, UnitTicks = 20 }, new PictureTrack { Id = 1, Width = 5, Height = 4, UnitTicks = 40 }],
        };
        ArrayBufferWriter<byte> output = new();
        using NcfStreamWriter writer = new(output, header, new NcfWriterOptions { SegmentTicks = 400 });
        for (int i = 0; i < 100; i++)
        {
            writer.WriteUnit(new DataUnit { Coder = CoderId.Raw, Track = 1, Number = i, Access = i % 5 == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None, Payloads = [new byte[9]] });
            writer.WriteUnit(new DataUnit { Coder = CoderId.Raw, Track = 0, Number = 2 * i, Payloads = [new byte[3]] });
            writer.WriteUnit(new DataUnit { Coder = CoderId.Raw, Track = 0, Number = (2 * i) + 1, Payloads = [new byte[3]] });
        }

        writer.Complete();
        using NcfStreamReader reader = new(new MemoryStream(output.WrittenSpan.ToArray()), NcfLimits.Default);
        Assert.Equal(10, reader.ReadSegments().Count);
        Assert.Equal(1000, reader.SeekToTick(1199));
        Assert.Equal([(1, 25), (0, 50), (0, 51), (1, 26)], Enumerable.Range(0, 4).Select(_ => reader.ReadUnit()!).Select(u => (u.Track, (int)u.Number)));
    }

    [Fact]
    public void StreamsThatCannotSeekSaySo()
    {
        using NcfStreamReader reader = new(new Trickle(s_film, 9), NcfLimits.Default);
        Assert.Throws<NotSupportedException>(() => reader.SeekToTick(1));
        Assert.Throws<NotSupportedException>(reader.ReadSegments);
    }

    private static byte[] WithoutIndex()
    {
        ChunkInfo index = NcfFile.Parse(s_film, NcfLimits.Default).Chunks.Single(c => c.Id == ChunkId.Index);
        return [.. s_film[..(int)index.Offset], .. ChunkBuilder.Chunk(0, [48, 0])];
    }

    private static byte[] Write(bool withIndex)
    {
        ArrayBufferWriter<byte> output = new();
        SegmentMode mode = withIndex ? SegmentMode.Manual : SegmentMode.None;
        using NcfStreamWriter writer = new(output, Samples.Film, new NcfWriterOptions { Segments = mode });
        for (int i = 0; i < 48; i++)
        {
            if (withIndex && i % 12 == 0)
            {
                writer.StartSegment();
            }

            writer.WriteUnit(Samples.Unit(i) with { Access = i % 3 == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None });
        }

        writer.Complete();
        return output.WrittenSpan.ToArray();
    }
}
