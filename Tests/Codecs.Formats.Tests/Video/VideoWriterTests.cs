using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class VideoWriterTests
{
    private static readonly FrameClock s_clock = new(25, 1);

    [Theory]
    [InlineData("a.mkv", ChromaFormat.Yuv420, 8)]
    [InlineData("a.mkv", ChromaFormat.Yuv444, 12)]
    [InlineData("a.mkv", ChromaFormat.Grey, 12)]
    [InlineData("a.mkv", ChromaFormat.Rgb, 10)]
    [InlineData("a.webm", ChromaFormat.Yuv420, 8)]
    [InlineData("a.webm", ChromaFormat.Rgb, 8)]
    [InlineData("a.y4m", ChromaFormat.Yuv420, 8)]
    [InlineData("a.y4m", ChromaFormat.Yuv422, 10)]
    [InlineData("a.y4m", ChromaFormat.Grey, 8)]
    public void LosslessFilesGiveBackEverySampleOfOddSizes(string name, ChromaFormat chroma, int depth) => CheckExact(name, new VideoFormat(33, 17, chroma, depth));

    [Theory]
    [InlineData("a.mp4", ChromaFormat.Yuv420, 8)]
    [InlineData("a.mp4", ChromaFormat.Rgb, 8)]
    [InlineData("a.mov", ChromaFormat.Yuv444, 10)]
    public void LosslessMp4GivesBackEverySample(string name, ChromaFormat chroma, int depth) => CheckExact(name, new VideoFormat(34, 18, chroma, depth));

    [Theory]
    [InlineData("a.mp4", 33, ChromaFormat.Yuv420, 8, 8)]
    [InlineData("a.mp4", 34, ChromaFormat.Yuv420, 12, 10)]
    [InlineData("a.mkv", 34, ChromaFormat.Rgb, 8, 8)]
    [InlineData("a.mp4", 34, ChromaFormat.Grey, 8, 8)]
    [InlineData("a.webm", 33, ChromaFormat.Yuv420, 10, 10)]
    public void LossyFilesLoseNothingThatIsSeen(string name, int width, ChromaFormat chroma, int depth, int codedDepth)
    {
        using var folder = new TempFolder();
        var format = new VideoFormat(width, 18, chroma, depth) { FullRange = chroma == ChromaFormat.Rgb };
        List<VideoFrame> frames = TestVideos.Synthetic(format, 4);

        Assert.Empty(TestVideos.WriteAll(folder.At(name), frames, s_clock));

        (VideoInfo info, List<VideoFrame> back) = TestVideos.ReadAll(folder.At(name), new VideoReadOptions { Chroma = chroma });
        Assert.Equal((width, 18, codedDepth), (info.Format.Width, info.Format.Height, info.Format.BitDepth));
        Assert.Equal(4, back.Count);
        Assert.InRange(Psnr(frames[3], back[3]), 36, 100);
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mov")]
    [InlineData("a.mkv")]
    [InlineData("a.webm")]
    public void EveryTimeIsKept(string name)
    {
        using var folder = new TempFolder();
        long[] times = [0, 3, 6, 90, 93, 500, 503, 1999, 4000];
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), times.Length, f => times[f]);

        Assert.Empty(TestVideos.WriteAll(folder.At(name), frames, new FrameClock(1200, 1), new VideoWriteOptions { FrameRate = s_clock }));

        Assert.All(TestVideos.Times(folder.At(name)).Zip(times), pair => Assert.Equal(pair.Second / 1200.0, pair.First, 0.001));
        (VideoInfo info, List<VideoFrame> back) = TestVideos.ReadAll(folder.At(name));
        Assert.Equal(times.Length, back.Count);
        Assert.All(back.Zip(times), pair => Assert.Equal(pair.Second / 1200.0, info.Clock.Seconds(pair.First.Timestamp), 0.001));
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    [InlineData("a.webm")]
    public void ConstantRateStaysConstant(string name)
    {
        using var folder = new TempFolder();
        TestVideos.WriteAll(folder.At(name), TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), 40), new FrameClock(30000, 1001));

        VideoInfo info = TestVideos.ReadAll(folder.At(name)).Info;

        Assert.False(info.IsVariableRate);
        Assert.Equal(new FrameClock(30000, 1001), info.FrameRate);
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    [InlineData("a.webm")]
    public void ColoursAndShapeOfPixelsAreKept(string name)
    {
        using var folder = new TempFolder();
        var format = new VideoFormat(64, 48, ChromaFormat.Yuv420, 10) { Primaries = 9, Transfer = 16, Matrix = 9, PixelAspect = (4, 3) };

        TestVideos.WriteAll(folder.At(name), TestVideos.Synthetic(format, 2), s_clock);

        VideoFormat back = VideoReader.Identify(folder.At(name)).Format;
        Assert.Equal(format, back with { PixelAspect = format.PixelAspect });
        // Matroska has sizes for the screen, in whole pixels.
        Assert.Equal(4.0 / 3, (double)back.PixelAspect.Width / back.PixelAspect.Height, 0.01);
        TestVideos.WriteAll(folder.At(name), TestVideos.Synthetic(format with { FullRange = true }, 2), s_clock);
        Assert.True(VideoReader.Identify(folder.At(name)).Format.FullRange);
    }

    [Theory]
    [InlineData("a.mp4", 6, 6)]
    [InlineData("a.mov", 3, 3)]
    [InlineData("a.mp4", 8, 8)]
    [InlineData("a.mp4", 2, 1)]
    [InlineData("a.mp4", 7, 1)]
    [InlineData("a.mkv", 6, 1)]
    public void PicturesAreShownAsTheyShould(string name, int orientation, int told)
    {
        using var folder = new TempFolder();
        var format = new VideoFormat(48, 32, ChromaFormat.Yuv444) { Orientation = orientation };
        List<VideoFrame> frames = [TestVideos.Colourful(format)];

        TestVideos.WriteAll(folder.At(name), frames, s_clock, new VideoWriteOptions { Lossless = true });
        TestVideos.WriteAll(folder.At("pictures"), frames, s_clock);

        Assert.Equal(told, VideoReader.Identify(folder.At(name)).Format.Orientation);
        Image upright = ImageFile.Read(Path.Combine(folder.At("pictures"), "frame00001.png")).Image;
        byte[] player = TestVideos.Run(
            "ffmpeg", "-v", "error", "-i", folder.At(name), "-frames:v", "1", "-sws_flags", "accurate_rnd+full_chroma_int", "-pix_fmt", "rgb24", "-f", "rawvideo",
            "pipe:1");
        Assert.Equal(player.Length, upright.Pixels.Length);
        Assert.InRange(player.Zip(upright.Pixels.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 2);
    }

    [Fact]
    public void PicturesAreExact()
    {
        using var folder = new TempFolder();
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(33, 17, ChromaFormat.Rgb) { FullRange = true, Matrix = 0 }, 3);
        Directory.CreateDirectory(folder.At("sub"));

        Assert.Empty(TestVideos.WriteAll(folder.At("sub/p-%03d.png"), frames, s_clock));

        string[] paths = [.. Directory.GetFiles(folder.At("sub")).Order(StringComparer.Ordinal)];
        Assert.Equal(["p-001.png", "p-002.png", "p-003.png"], paths.Select(Path.GetFileName));
        using VideoReader reader = VideoReader.OpenPictures(paths, s_clock, cancellation: TestContext.Current.CancellationToken);
        List<VideoFrame> back = TestVideos.ReadAll(reader);
        Assert.Equal(frames.SelectMany(frame => frame.Samples), back.SelectMany(frame => frame.Samples));
        Assert.Equal([0, 1, 2], back.Select(frame => frame.Timestamp));
        Assert.Throws<MediaException>(() => TestVideos.WriteAll(folder.At("one.png"), frames, s_clock));
        Assert.Throws<MediaException>(() => TestVideos.WriteAll(folder.At("none/p%d.png"), frames, s_clock));
    }

    [Fact]
    public void Y4mLeavesWithItsFirstFrame()
    {
        var format = new VideoFormat(16, 16, ChromaFormat.Yuv420);
        List<VideoFrame> frames = TestVideos.Synthetic(format, 2, f => 7 * f);
        using var target = new MemoryStream();
        using VideoWriter writer = VideoWriter.Create(target, VideoContainer.Y4m, format, s_clock, cancellation: TestContext.Current.CancellationToken);

        writer.Write(frames[0]);

        Assert.StartsWith("YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420mpeg2 XCOLORRANGE=LIMITED\nFRAME\n", System.Text.Encoding.Latin1.GetString(target.ToArray()), StringComparison.Ordinal);
        Assert.Equal(frames[0].Samples, target.ToArray()[^384..]);
        writer.Write(frames[1]);
        writer.Complete();
        Assert.Contains("Y4M has no times", Assert.Single(writer.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VideoContainer.Mkv)]
    [InlineData(VideoContainer.Mp4)]
    public void StreamsGetTheSameAsFiles(VideoContainer container)
    {
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), 3);
        using var target = new MemoryStream();
        using (VideoWriter writer = VideoWriter.Create(
            target, container, frames[0].Format, s_clock, new VideoWriteOptions { Lossless = true }, TestContext.Current.CancellationToken))
        {
            frames.ForEach(writer.Write);
            writer.Complete();
        }

        target.Position = 0;
        using VideoReader reader = VideoReader.Open(target, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(frames.SelectMany(frame => frame.Samples), TestVideos.ReadAll(reader).SelectMany(frame => frame.Samples));
    }

    [Fact]
    public void NothingHalfWrittenIsLeft()
    {
        using var folder = new TempFolder();
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), 3);
        File.WriteAllText(folder.At("a.mkv"), "old");
        foreach (string name in (string[])["a.mkv", "b.mp4", "c.y4m", "d", "e%d.png"])
        {
            using VideoWriter writer = VideoWriter.Create(folder.At(name), frames[0].Format, s_clock, cancellation: TestContext.Current.CancellationToken);
            writer.Write(frames[0]);
            if (name == "b.mp4")
            {
                Assert.Throws<ArgumentException>(() => writer.Write(frames[0]));
                Assert.Throws<ArgumentException>(() => writer.Write(TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Grey), 2)[1]));
            }
        }

        using (VideoWriter empty = VideoWriter.Create(folder.At("f.mp4"), frames[0].Format, s_clock, cancellation: TestContext.Current.CancellationToken))
        {
            Assert.Throws<MediaException>(empty.Complete);
        }

        Assert.Equal(["a.mkv"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder.At("a.mkv")));
        Assert.Throws<MediaException>(() => VideoWriter.ContainerOf("a.txt"));
        Assert.Throws<MediaException>(() => TestVideos.WriteAll(folder.At("none/a.mp4"), frames, s_clock));
        Assert.Throws<MediaException>(() => TestVideos.WriteAll(
            folder.At("g.mp4"), TestVideos.Synthetic(new VideoFormat(33, 17, ChromaFormat.Yuv420), 1), s_clock, new VideoWriteOptions { Lossless = true }));
    }

    private static void CheckExact(string name, VideoFormat format)
    {
        using var folder = new TempFolder();
        format = format with { FullRange = format.Chroma is ChromaFormat.Rgb or ChromaFormat.Grey };
        List<VideoFrame> frames = TestVideos.Synthetic(format, 3);

        Assert.Empty(TestVideos.WriteAll(folder.At(name), frames, s_clock, new VideoWriteOptions { Lossless = true }));

        (VideoInfo info, List<VideoFrame> back) = TestVideos.ReadAll(folder.At(name));
        Assert.Equal((format.Chroma, format.BitDepth, format.FullRange), (info.Format.Chroma, info.Format.BitDepth, info.Format.FullRange));
        Assert.Equal(frames.SelectMany(frame => frame.Samples), back.SelectMany(frame => frame.Samples));
    }

    /// <summary>Of the first plane, decibels of the full scale; depths may differ.</summary>
    private static double Psnr(VideoFrame a, VideoFrame b)
    {
        ushort[] x = new ushort[a.Format.Width * a.Format.Height], y = new ushort[x.Length];
        a.Read(0, x);
        b.Read(0, y);
        double error = x.Zip(y).Average(pair => Math.Pow(((double)pair.First / (1 << a.Format.BitDepth)) - ((double)pair.Second / (1 << b.Format.BitDepth)), 2));
        return -10 * Math.Log10(Math.Max(error, 1e-10));
    }
}
