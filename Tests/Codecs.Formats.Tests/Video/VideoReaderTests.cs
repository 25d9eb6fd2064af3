using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;
using Codecs.Formats.Tests.Images;

namespace Codecs.Formats.Tests.Video;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class VideoReaderTests
{
    [Fact]
    public void ARealVideoIsRead()
    {
        using var folder = new TempFolder();
        string path = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(TestImages.PathOf(TestImages.Lake)))!, "Video", "bunny.mp4");

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.Equal(new VideoFormat(320, 180, ChromaFormat.Yuv420), info.Format);
        Assert.Equal((12L, "aac", new FrameClock(25, 1)), (info.FrameCount, info.AudioCodec, info.Clock));
        Assert.Equal(TestVideos.Raw(path), frames.SelectMany(frame => frame.Samples));
        TestVideos.WriteAll(folder.At("b.mp4"), frames, info.Clock, new VideoWriteOptions { Tracks = [TrackInput.FromFile(path)] });
        // The tone goes on after the pictures.
        Assert.Equal(1, TestVideos.Times(folder.At("b.mp4"), "a:0")[^1], 0.05);
        Assert.InRange(new FileInfo(folder.At("b.mp4")).Length, 20_000, 400_000);
    }

    [Theory]
    [InlineData("gray10le", ChromaFormat.Grey, 10)]
    [InlineData("yuv420p", ChromaFormat.Yuv420, 8)]
    [InlineData("yuv420p10le", ChromaFormat.Yuv420, 10)]
    [InlineData("yuv422p", ChromaFormat.Yuv422, 8)]
    [InlineData("yuv422p12le", ChromaFormat.Yuv422, 12)]
    [InlineData("yuv444p10le", ChromaFormat.Yuv444, 10)]
    public void FramesComeAsTheyAreStored(string pixels, ChromaFormat chroma, int depth)
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=34x18:r=25:d=0.2,scale=33:17", "-c:v", "ffv1", "-pix_fmt", pixels);

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.Equal((33, 17, chroma, depth), (info.Format.Width, info.Format.Height, info.Format.Chroma, info.Format.BitDepth));
        Assert.Equal(TestVideos.Raw(path), frames.SelectMany(frame => frame.Samples));
        Assert.Equal(5, frames.Count);
    }

    [Theory]
    [InlineData("gbrp", 8)]
    [InlineData("gbrp10le", 10)]
    [InlineData("bgr0", 8)]
    public void RgbComesAsPlanes(string pixels, int depth)
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=34x18:r=25:d=0.08,scale=33:17", "-c:v", "ffv1", "-pix_fmt", pixels);

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.Equal((ChromaFormat.Rgb, depth, 0, true), (info.Format.Chroma, info.Format.BitDepth, info.Format.Matrix, info.Format.FullRange));
        byte[] raw = TestVideos.Raw(path, "-pix_fmt", depth == 8 ? "gbrp" : pixels);
        int plane = 33 * 17 * info.Format.SampleBytes;
        // Theirs are green, blue, red.
        Assert.Equal(raw.AsSpan(0, plane), frames[0].Plane(1));
        Assert.Equal(raw.AsSpan(plane, plane), frames[0].Plane(2));
        Assert.Equal(raw.AsSpan(2 * plane, plane), frames[0].Plane(0));
    }

    [Theory]
    [InlineData("a.mp4", 1)]
    [InlineData("a.mkv", 34)]
    [InlineData("a.ts", 34)]
    [InlineData("a.avi", 1)]
    public void ConstantRateGivesEqualSteps(string name, int step)
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, name, "testsrc2=s=64x48:r=30000/1001:d=1");

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.False(info.IsVariableRate);
        Assert.Equal(new FrameClock(30000, 1001), info.FrameRate);
        Assert.Equal(new FrameClock(30000 * step, 1001), info.Clock);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i * step), frames.Select(frame => frame.Timestamp));
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    public void VariableRateKeepsEveryTime(string name)
    {
        using var folder = new TempFolder();
        string path = TestVideos.MakeVariable(folder, name);

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.True(info.IsVariableRate);
        double[] expected = TestVideos.Times(path);
        Assert.Equal(13, frames.Count);
        Assert.All(frames.Zip(expected), pair => Assert.Equal(pair.Second, info.Clock.Seconds(pair.First.Timestamp), 0.0005));
        Assert.Equal([0, 3, 6, 7, 9, 12, 14, 15, 18, 21, 24, 27, 28], frames.Select(frame => (int)Math.Round(info.Clock.Seconds(frame.Timestamp) * 30)));
    }

    [Fact]
    public void ColoursAndShapeOfPixelsAreTold()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(
            folder, "a.mp4", "testsrc2=s=64x48:d=0.1,setsar=4/3", "-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc",
            "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv");

        VideoFormat format = VideoReader.Identify(path).Format;

        Assert.Equal((9, 16, 9, false), (format.Primaries, format.Transfer, format.Matrix, format.FullRange));
        Assert.Equal((4, 3), format.PixelAspect);
        Assert.True(VideoReader.Identify(TestVideos.Make(folder, "j.mkv", "testsrc2=s=64x48:d=0.1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")).Format.FullRange);
        VideoFormat plain = VideoReader.Identify(TestVideos.Make(folder, "b.mp4")).Format;
        Assert.Equal((2, 2, 2, false), (plain.Primaries, plain.Transfer, plain.Matrix, plain.FullRange));
    }

    [Fact]
    public void FullRangeStaysAsItIs()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "j.mkv", "testsrc2=s=64x48:d=0.1", "-c:v", "mjpeg", "-pix_fmt", "yuvj422p", "-q:v", "2");

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path);

        Assert.Equal(ChromaFormat.Yuv422, info.Format.Chroma);
        Assert.Equal(TestVideos.Raw(path), frames.SelectMany(frame => frame.Samples));
    }

    [Fact]
    public void WhatIsInTheFileBesidesIsTold()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mp4", "testsrc2=s=64x48:r=25:d=0.4", "-f", "lavfi", "-i", "sine=d=0.4", "-c:v", "libx264", "-c:a", "aac", "-pix_fmt", "yuv420p");

        VideoInfo info = VideoReader.Identify(path);

        Assert.Equal((true, "aac", "h264", 10L, 0), (info.HasAudio, info.AudioCodec, info.Codec, info.FrameCount, info.SubtitleCount));
        Assert.Equal(0.4, info.DurationSeconds!.Value, 0.001);
        Assert.Contains("mp4", info.Container, StringComparison.Ordinal);
    }

    [Fact]
    public void PartsAreRead()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mp4", "testsrc2=s=64x48:r=25:d=2");
        (_, List<VideoFrame> all) = TestVideos.ReadAll(path);
        var options = new VideoReadOptions { Start = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(0.4) };

        (_, List<VideoFrame> part) = TestVideos.ReadAll(path, options);
        using FileStream file = File.OpenRead(TestVideos.Make(folder, "a.mkv", "testsrc2=s=64x48:r=25:d=2"));
        using VideoReader streamed = VideoReader.Open(file, options: options, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), part.Select(frame => frame.Timestamp));
        Assert.Equal(all.Skip(25).Take(10).SelectMany(frame => frame.Samples), part.SelectMany(frame => frame.Samples));
        Assert.Equal(part.SelectMany(frame => frame.Samples), TestVideos.ReadAll(streamed).SelectMany(frame => frame.Samples));
        Assert.Equal(3, TestVideos.ReadAll(path, new VideoReadOptions { MaxFrames = 3 }).Frames.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoReadOptions { MaxFrames = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoReadOptions { Start = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoReadOptions { BitDepth = 16 });
    }

    [Fact]
    public void ConversionsGiveWhatWasAskedFor()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mp4", "testsrc2=s=64x48:r=25:d=0.08");

        (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(path, new VideoReadOptions { Chroma = ChromaFormat.Yuv444, BitDepth = 10, Size = (32, 48) });
        (VideoInfo grey, List<VideoFrame> luma) = TestVideos.ReadAll(path, new VideoReadOptions { Chroma = ChromaFormat.Grey });

        Assert.Equal((32, 48, ChromaFormat.Yuv444, 10, (2, 1)), (info.Format.Width, info.Format.Height, info.Format.Chroma, info.Format.BitDepth, info.Format.PixelAspect));
        Assert.Equal(2, frames.Count);
        Assert.False(grey.Format.FullRange);
        Assert.Equal(TestVideos.Raw(path)[..(64 * 48)], luma[0].Samples);
    }

    [Fact]
    public void GreyGetsPlanesWithoutLoss()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=34x18:d=0.04,scale=33:17", "-c:v", "ffv1", "-pix_fmt", "gray");
        byte[] raw = TestVideos.Raw(path);

        VideoFrame frame = TestVideos.ReadAll(path, new VideoReadOptions { Chroma = ChromaFormat.Yuv420 }).Frames[0];

        Assert.Equal(raw, frame.Plane(0));
        Assert.True(frame.Plane(1).IndexOfAnyExcept((byte)128) < 0 && frame.Plane(2).IndexOfAnyExcept((byte)128) < 0);
        Assert.Equal(raw, TestVideos.ReadAll(path, new VideoReadOptions { Chroma = ChromaFormat.Rgb }).Frames[0].Plane(2));
    }

    [Fact]
    public void TransparencyIsLeftOutAndSaid()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=32x16:d=0.04", "-c:v", "ffv1", "-pix_fmt", "yuva420p");

        using VideoReader reader = VideoReader.Open(path, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(TestVideos.Raw(path, "-pix_fmt", "yuv420p"), TestVideos.ReadAll(reader).Single().Samples);
        Assert.Contains("transparency", Assert.Single(reader.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void SoundIsCopiedOnTheWay()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1", "-c:v", "libx264", "-c:a", "flac");
        using FileStream file = File.OpenRead(path);

        var options = new VideoReadOptions { TracksPath = folder.At("sound"), MaxFrames = 10 };
        using (VideoReader reader = VideoReader.Open(file, options: options, cancellation: TestContext.Current.CancellationToken))
        {
            Assert.Equal(10, TestVideos.ReadAll(reader).Count);
            Assert.Empty(reader.Warnings);
        }

        Assert.Equal(["flac"], TestVideos.Probe(folder.At("sound"), "a", "stream=codec_name"));
        Assert.InRange(TestVideos.Times(folder.At("sound"), "a:0")[^1], 0.25, 0.4);
    }
}
