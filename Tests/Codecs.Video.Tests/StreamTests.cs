using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Video.Tests;

public sealed class StreamTests
{
    [Theory]
    [InlineData(ChromaFormat.Grey, 8)]
    [InlineData(ChromaFormat.Yuv420, 8)]
    [InlineData(ChromaFormat.Yuv422, 10)]
    [InlineData(ChromaFormat.Yuv444, 10)]
    [InlineData(ChromaFormat.Rgb, 8)]
    public void FramesComeBackAsTheyWere(ChromaFormat chroma, int bits)
    {
        var format = new VideoFormat(19, 11, chroma, bits) { Matrix = 1, FullRange = true, Orientation = 8, PixelAspect = (12, 11) };
        List<VideoFrame> frames = Clips.Moving(30, format);
        using VideoCodec codec = Clips.Codec();
        Clips.AssertSame(frames, codec.Decode(codec.Encode(frames, Clips.Film, Clips.Lossless)));
    }

    [Fact]
    public void AnyTimesComeBackExactly() => Gen.Select(Gen.Int[1, 900].Array[1, 60], Gen.Int[1, 4]).Sample((steps, workers) =>
    {
        long[] times = new long[steps.Length];
        for (int i = 1; i < times.Length; i++)
        {
            times[i] = times[i - 1] + steps[i];
        }

        List<VideoFrame> frames = Clips.Moving(times.Length, times: i => times[i]);
        using VideoCodec codec = Clips.Codec(workers: workers);
        byte[] file = codec.Encode(frames, new FrameClock(1000, 1), Clips.Lossless);
        Clips.AssertSame(frames, codec.Decode(file));
    }, iter: 30);

    [Fact]
    public void ConstantRatesCostAByteAGroup()
    {
        List<VideoFrame> frames = Clips.Moving(50, times: i => 1001 * i);
        using VideoCodec codec = Clips.Codec();
        NcfFile file = Clips.Parse(codec.Encode(frames, new FrameClock(24000, 1), Clips.Lossless));
        Assert.Equal((1001, new TickRate(24000)), (file.ColourTrack.UnitTicks, file.Header.TickRate));
        Assert.All(file.Units, u => Assert.Null(u.Timestamp));
        Assert.All(file.Units, u => Assert.Equal(1, u.Payloads[0].Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60.0)]
    public void WorkersDoNotChangeTheBytes(double? kilobits)
    {
        List<VideoFrame> frames = Clips.Moving(120, scenes: [17, 70]);
        VideoEncoderOptions options = Clips.Lossless with { KilobitsPerSecond = kilobits };
        var random = new Random(1);
        byte[] expected = Encode(1, delay: null);
        Assert.Equal(expected, Encode(2, delay: null));
        Assert.Equal(expected, Encode(5, () => random.Next(8)));

        byte[] Encode(int workers, Func<int>? delay)
        {
            using VideoCodec codec = Clips.Codec(new StoredClips { Delay = delay }, workers);
            return codec.Encode(frames, Clips.Film, options);
        }
    }

    [Fact]
    public void NoMoreChunksThanWorkersAreInWork()
    {
        List<VideoFrame> frames = Clips.Moving(200);
        var clips = new StoredClips { Delay = () => 2 };
        using VideoCodec codec = Clips.Codec(clips, workers: 3);
        byte[] file = codec.Encode(frames, Clips.Film, Clips.Lossless);
        Assert.Equal((3, 0), (clips.Chunks.Most, clips.Chunks.Now));
        Clips.AssertSame(frames, codec.Decode(file));
        Assert.Equal((3, 0), (clips.Chunks.Most, clips.Chunks.Now));
    }

    [Fact]
    public void AheadOfTheReaderOnlyAsMuchAsMemoryAllowsIsDecoded()
    {
        List<VideoFrame> frames = Clips.Moving(200);
        var clips = new StoredClips { Delay = () => 1 };
        using VideoCodec small = Clips.Codec(clips, workers: 8, NcfLimits.Default with { MaxDecoderBytes = 22 * Clips.Format.FrameBytes });
        byte[] file = Clips.Codec().Encode(frames, Clips.Film, Clips.Lossless);
        using VideoDecoder decoder = small.OpenDecoder(new MemoryStream(file));
        Clips.AssertSame(frames, Clips.ReadAll(decoder));
        Assert.Equal(1, clips.Chunks.Most);
    }

    [Fact]
    public void KeyGroupsComeInTimeAndAtCuts()
    {
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(Clips.Moving(100, scenes: [17, 70]), Clips.Film, Clips.Lossless with { KeyInterval = 1 });
        var summary = VideoSummary.Read(new MemoryStream(file), NcfLimits.Default);

        // 3 + 4 * 5 = 23 frames are the most that last no longer than a second.
        Assert.Equal([0, 17, 40, 63, 70, 93], summary.Groups.Where(g => g.IsKey).Select(g => g.FirstFrame));
        Assert.Equal((100, true, true), (summary.Frames, summary.IsConstantRate, summary.IsComplete));
        Assert.Equal(24, summary.FramesPerSecond, 6);
        Assert.Equal(100.0 / 24, summary.DurationSeconds, 6);
    }

    [Fact]
    public void AFlashIsNoCut()
    {
        List<VideoFrame> frames = Clips.Moving(40, scenes: [20, 21]);
        using VideoCodec codec = Clips.Codec();
        var summary = VideoSummary.Read(new MemoryStream(codec.Encode(frames, Clips.Film, Clips.Lossless with { KeyInterval = 9 })), NcfLimits.Default);
        Assert.Equal(1, summary.Keys);
    }

    [Fact]
    public void AStreamNeedsNoSeeking()
    {
        List<VideoFrame> frames = Clips.Moving(30);
        using VideoCodec codec = Clips.Codec();
        using var pipe = new ForwardStream();
        using (VideoEncoder encoder = codec.CreateEncoder(pipe, Clips.Describe(frames), Clips.Lossless))
        {
            frames.ForEach(encoder.Write);
            encoder.Finish();
        }

        using VideoDecoder decoder = codec.OpenDecoder(pipe.Reopen());
        Clips.AssertSame(frames, Clips.ReadAll(decoder));
        Assert.True(decoder.IsComplete);
        Assert.Empty(decoder.Warnings);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(200)]
    public void ABitrateIsKept(double kilobits)
    {
        List<VideoFrame> frames = Clips.Moving(24 * 8, new VideoFormat(64, 48, ChromaFormat.Yuv420));
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(frames, Clips.Film, new() { KilobitsPerSecond = kilobits });
        Assert.InRange(file.Length * 8 / 8.0 / 1000, kilobits * 0.6, kilobits * 1.25);
    }

    [Fact]
    public void ProgressTellsOfEveryGroupInOrder()
    {
        List<VideoFrame> frames = Clips.Moving(60);
        var told = new List<VideoProgress>();
        using VideoCodec codec = Clips.Codec(new StoredClips { Delay = () => 1 }, workers: 4);
        byte[] file = codec.Encode(frames, Clips.Film, new() { Quality = 60, KeyInterval = 0.5 }, new Listener(told));
        List<VideoProgress> groups = told.FindAll(p => p.Group is not null);
        Assert.Equal(Clips.Parse(file).Units.Select(u => u.Number), groups.Select(p => p.Group!.FirstFrame));
        Assert.All(groups, p => Assert.Equal(p.Group!.Bytes, p.Group.Parts!.Values.Sum() + 1));
        VideoProgress last = groups[^1];
        Assert.Equal((60L, 60L, 1.0, 0.0), (last.FramesDone, last.FrameCount, last.Fraction, last.SecondsLeft));
        Assert.Equal(last.Bytes, last.ProjectedBytes);
        Assert.InRange(last.KilobitsPerSecond, file.Length * 8 / 2.5 / 1000 * 0.9, file.Length * 8 / 2.5 / 1000);
        Assert.InRange(last.PsnrDb!.Value, 25, 50);
        Assert.True(groups.Zip(groups.Skip(1)).All(p => p.First.Bytes < p.Second.Bytes));
    }

    [Fact]
    public void WhatCannotBeWrittenIsRefused()
    {
        List<VideoFrame> frames = Clips.Moving(4);
        using VideoCodec codec = Clips.Codec();
        var deep = new VideoFormat(8, 8, ChromaFormat.Yuv420, 12);
        Assert.Equal(10, codec.Accept(deep).BitDepth);
        Assert.Throws<ArgumentException>(() => codec.CreateEncoder(Stream.Null, new VideoDescription(deep, Clips.Film)));
        Assert.Throws<ArgumentException>(() => codec.CreateEncoder(Stream.Null, Clips.Describe(frames), new() { PsnrDb = 30, KilobitsPerSecond = 9 }));
        using VideoEncoder encoder = codec.CreateEncoder(Stream.Null, Clips.Describe(frames));
        Assert.Throws<InvalidOperationException>(encoder.Finish);
        encoder.Write(frames[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Write(frames[1]));
        Assert.Throws<ArgumentException>(() => encoder.Write(Clips.Moving(1, deep)[0]));
    }

    [Fact]
    public void AnErrorOfTheOutputComesToTheCaller()
    {
        List<VideoFrame> frames = Clips.Moving(200);
        using VideoCodec codec = Clips.Codec();
        using VideoEncoder encoder = codec.CreateEncoder(new FullDisk(3000), Clips.Describe(frames), Clips.Lossless);
        Assert.Throws<IOException>(() =>
        {
            frames.ForEach(encoder.Write);
            encoder.Finish();
        });
    }

    private sealed class Listener(List<VideoProgress> told) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                throw new IOException("No space left.");
            }

            base.Write(buffer);
        }
    }
}
