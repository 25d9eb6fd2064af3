using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class ClassicalVideoCodecTests
{
    private static readonly FrameClock s_rate = new(25, 1);

    [Theory]
    [InlineData("x264", 8)]
    [InlineData("x265", 10)]
    [InlineData("svt-av1", 8)]
    public void BitsBuyQuality(string name, int depth)
    {
        ClassicalVideoCodec codec = ClassicalVideoCodec.Find(name)!;
        Assert.SkipUnless(codec.IsAvailable, $"this ffmpeg has no {name}");
        var format = new VideoFormat(128, 96, ChromaFormat.Yuv420, depth);
        List<VideoFrame> frames = TestVideos.Synthetic(format, 5);

        byte[] small = codec.Encode(frames, format, s_rate, codec.Ladder[0], codec.Presets[0], TestContext.Current.CancellationToken);
        byte[] large = codec.Encode(frames, format, s_rate, codec.Ladder[^1], codec.Presets[0], TestContext.Current.CancellationToken);

        Assert.InRange(small.Length, 50, large.Length / 2);
        List<VideoFrame> back = [.. codec.Decode(large, format, TestContext.Current.CancellationToken)];
        Assert.Equal([0, 1, 2, 3, 4], back.Select(frame => frame.Timestamp));
        Assert.True(Error(frames, back) < 0.5 * Error(frames, [.. codec.Decode(small, format, TestContext.Current.CancellationToken)]));
    }

    [Fact]
    public void ForeignSettingsAndBytesAreRefused()
    {
        var format = new VideoFormat(64, 64, ChromaFormat.Yuv420);
        Assert.Throws<ArgumentException>(() => ClassicalVideoCodec.X264.Encode([], format, s_rate, 52));
        Assert.Throws<ArgumentException>(() => ClassicalVideoCodec.X264.Encode([], format, s_rate, 20, "nimble"));
        Assert.Throws<ArgumentException>(() => ClassicalVideoCodec.X264.Encode([], format with { Chroma = ChromaFormat.Rgb }, s_rate, 20));
        Assert.Throws<MediaException>(() => ClassicalVideoCodec.X264.Decode(new byte[] { 1, 2, 3, 4, 5 }, format, TestContext.Current.CancellationToken).Count());
        Assert.Null(ClassicalVideoCodec.Find("x266"));
    }

    private static double Error(List<VideoFrame> a, List<VideoFrame> b)
    {
        ushort[] x = new ushort[a[0].Format.Width * a[0].Format.Height], y = new ushort[x.Length];
        double sum = 0;
        for (int i = 0; i < a.Count; i++)
        {
            a[i].Read(0, x);
            b[i].Read(0, y);
            sum += x.Zip(y).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
        }

        return sum;
    }
}
