using System.Buffers;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

public class StreamWriterTests
{
    [Fact]
    public void FileWithSegmentsIsReadInFull()
    {
        NcfFile file = NcfFile.Parse(Samples.ThreeSegments, NcfLimits.Default);
        Assert.Equal(Samples.Film.Tracks, file.Tracks);
        Assert.Equal(Enumerable.Range(0, Samples.UnitCount).Select(i => Samples.Describe(Samples.Unit(i))), file.Units.Select(Samples.Describe));
        Assert.Equal([(0, 0, 0), (1, 4, 4), (2, 8, 8)], file.Segments.Select(s => ((int)s.Sequence, (int)s.UnitsBefore, (int)s.FirstTick)));
        Assert.Equal(["II*\0"], file.Metadata.Where(m => m.Key == MetadataKey.Exif).Select(m => System.Text.Encoding.ASCII.GetString(m.Bytes.Span)));
        Assert.Equal(("Late", "tag"), file.Metadata[^1].ReadText());
        Assert.True(file.VerifyDigest());
        Assert.Equal(
            "HEAD TRAK MODL COLR META META " + "SEGM DATA DATA DATA DATA " + "SEGM HEAD TRAK MODL COLR DATA DATA DATA DATA " + "SEGM DATA DATA DATA DATA " +
            "META INDX HASH END",
            string.Join(' ', file.Chunks.Select(c => c.Name)));
        Assert.All(file.Chunks, c => Assert.True(c.IsUnderstood && c.HasChecksum));
    }

    [Fact]
    public async Task StreamAndBufferAndAsyncWritingGiveTheSameBytes()
    {
        using MemoryStream stream = new();
        using NcfStreamWriter writer = new(new OneWay(stream), Samples.Film, new NcfWriterOptions { Segments = SegmentMode.Manual, WithDigest = true });
        for (int i = 0; i < Samples.UnitCount; i++)
        {
            if (i % Samples.UnitsPerSegment == 0)
            {
                writer.StartSegment();
            }

            if (i % 2 == 0)
            {
                writer.WriteUnit(Samples.Unit(i));
            }
            else
            {
                await writer.WriteUnitAsync(Samples.Unit(i), TestContext.Current.CancellationToken);
            }

            Assert.Equal(writer.BytesWritten, stream.Length);
        }

        writer.WriteMetadata(MetadataItem.Text("Late", "tag"));
        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Samples.ThreeSegments, stream.ToArray());
        Assert.Throws<InvalidOperationException>(() => writer.WriteUnit(Samples.Unit(20)));
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void ADigestThatIsLeftOutAtTheEndLeavesNoTrace()
    {
        byte[] plain = Samples.Write(Samples.Film, [Samples.Unit(0), Samples.Unit(1)], withDigest: false);
        var output = new ArrayBufferWriter<byte>();
        using NcfStreamWriter writer = new(output, Samples.Film, new NcfWriterOptions { Segments = SegmentMode.Manual, WithDigest = true });
        writer.WriteUnit(Samples.Unit(0));
        writer.WriteUnit(Samples.Unit(1));
        writer.WriteMetadata(MetadataItem.Text("Late", "tag"));

        writer.OmitDigest();
        writer.Complete();

        Assert.Equal(plain, output.WrittenSpan.ToArray());
        Assert.Null(NcfFile.Parse(output.WrittenMemory, NcfLimits.Default).Digest);
    }

    [Fact]
    public void SegmentsBeginByThemselvesAtRandomAccessPointsWhenLongEnough()
    {
        // Units of 100 bytes and some, every third can be decoded alone; 1000 bytes are ten units, so every twelfth begins a segment.
        NcfFile file = WriteMany(new NcfWriterOptions { SegmentBytes = 1000, SegmentTicks = 1000 }, 40);
        Assert.Equal([0L, 9, 18, 27, 36], file.Segments.Select(s => s.UnitsBefore));
        file = WriteMany(new NcfWriterOptions { SegmentBytes = 1 << 20, SegmentTicks = 5 }, 20);
        Assert.Equal([0L, 6, 12, 18], file.Segments.Select(s => s.UnitsBefore));

        // Five seconds of 25 ticks by default.
        file = WriteMany(new NcfWriterOptions { SegmentBytes = 1 << 20 }, 260);
        Assert.Equal([0L, 126, 252], file.Segments.Select(s => s.UnitsBefore));
        Assert.Empty(WriteMany(new NcfWriterOptions { Segments = SegmentMode.None }, 5).Segments);
        Assert.Single(WriteMany(new NcfWriterOptions { Segments = SegmentMode.Manual, SegmentBytes = 1 }, 5).Segments);
    }

    [Fact]
    public void DefinitionsAreRepeatedInTheSecondSegmentAndThenAsAsked()
    {
        NcfFile file = WriteMany(new NcfWriterOptions { SegmentBytes = 1, RepeatDefinitions = 3 }, 30);
        List<int> repeats = [];
        int segment = -1;
        foreach (ChunkInfo chunk in file.Chunks)
        {
            segment += chunk.Id == ChunkId.Segment ? 1 : 0;
            if (chunk.Id == ChunkId.Head && segment >= 0)
            {
                repeats.Add(segment);
            }
        }

        Assert.Equal([1, 4, 7], repeats);
        Assert.Single(WriteMany(new NcfWriterOptions { SegmentBytes = 1, RepeatDefinitions = 0 }, 30).Chunks, c => c.Id == ChunkId.Head);
    }

    [Fact]
    public void RefusedUnitsLeaveNoTrace()
    {
        ArrayBufferWriter<byte> output = new();
        using NcfStreamWriter writer = new(output, Samples.Film, new NcfWriterOptions { Segments = SegmentMode.Manual, WithDigest = true });
        DataUnit first = Samples.Unit(0);
        DataUnit[] wrong =
        [
            first with { Track = 1 }, first with { Number = -1 }, first with { Layer = 8 }, first with { Payloads = [] }, first with { Timestamp = -1 },
        ];
        for (int i = 0; i < Samples.UnitCount; i++)
        {
            long before = writer.BytesWritten;
            Assert.All(wrong, u => Assert.ThrowsAny<ArgumentException>(() => writer.WriteUnit(u)));
            Assert.Throws<ArgumentException>(() => writer.WriteMetadata(new MetadataItem(MetadataKey.Exif, new byte[1])));
            Assert.Equal(before, writer.BytesWritten);
            if (i % Samples.UnitsPerSegment == 0)
            {
                writer.StartSegment();
            }

            writer.WriteUnit(Samples.Unit(i));
            Assert.Throws<ArgumentException>(() => writer.WriteUnit(Samples.Unit(i)));
        }

        writer.WriteMetadata(MetadataItem.Text("Late", "tag"));
        writer.Complete();
        Assert.Equal(Samples.ThreeSegments, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void SegmentsDoNotGoBackInTime()
    {
        using NcfStreamWriter writer = new(new ArrayBufferWriter<byte>(), Samples.Film, new NcfWriterOptions { Segments = SegmentMode.Manual });
        writer.WriteUnit(Samples.Unit(0) with { Timestamp = 10 });
        writer.StartSegment();
        Assert.Throws<ArgumentException>(() => writer.WriteUnit(Samples.Unit(4) with { Timestamp = 9 }));
        writer.WriteUnit(Samples.Unit(4) with { Timestamp = 10 });
    }

    [Fact]
    public void AnnouncedUnitsMustCome()
    {
        using NcfStreamWriter writer = new(new ArrayBufferWriter<byte>(), Samples.Film with { UnitCount = 2 });
        writer.WriteUnit(Samples.Unit(0));
        Assert.Throws<InvalidOperationException>(writer.Complete);
        writer.WriteUnit(Samples.Unit(1));
        writer.Complete();
    }

    [Fact]
    public void MemoryStaysAtAChunkWhileManyAreWritten()
    {
        using NcfStreamWriter writer = new(Stream.Null, Samples.Film);
        DataUnit unit = Samples.Unit(0) with { Payloads = [new byte[10_000]] };
        writer.WriteUnit(unit);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 2_000; i++)
        {
            writer.WriteUnit(unit with { Number = i });
        }

        // 20 MB went through; some hundred bytes a unit for objects.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    private static NcfFile WriteMany(NcfWriterOptions options, int count)
    {
        ArrayBufferWriter<byte> output = new();
        using NcfStreamWriter writer = new(output, Samples.Film, options);
        for (int i = 0; i < count; i++)
        {
            UnitAccess access = i % 3 == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None;
            writer.WriteUnit(Samples.Unit(0) with { Number = i, Access = access, Payloads = [Samples.Payload(i, 100)] });
        }

        writer.Complete();
        return NcfFile.Parse(output.WrittenSpan.ToArray(), NcfLimits.Default);
    }

    /// <summary>A stream that only takes bytes.</summary>
    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
