using System.Text;
using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class VideoHostileTests
{
    [Fact]
    public void FilesThatAreNoVideoAreRefused()
    {
        using var folder = new TempFolder();
        byte[] noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(folder.At("noise.mp4"), noise);
        File.WriteAllBytes(folder.At("empty.mp4"), []);
        File.WriteAllText(folder.At("list.m3u8"), "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/a.ts\n");
        File.WriteAllText(folder.At("list.txt"), "ffconcat version 1.0\nfile /etc/passwd\n");
        string sound = TestVideos.Make(folder, "sound.mkv", "sine=d=0.2", "-c:a", "flac");
        string picture = TestVideos.Make(folder, "picture.png", "testsrc2=s=32x32", "-frames:v", "1");

        Assert.All(
            (string[])[folder.At("noise.mp4"), folder.At("empty.mp4"), folder.At("list.m3u8"), folder.At("list.txt"), folder.At("missing.mp4"), sound, picture],
            path => Assert.Throws<MediaException>(() => VideoReader.Open(path, cancellation: TestContext.Current.CancellationToken)));
        Assert.Throws<MediaException>(() => VideoReader.Open(new MemoryStream(), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<MediaException>(() => VideoReader.Open(new MemoryStream(noise), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<MediaException>(() => VideoReader.Identify("http://127.0.0.1/a.mp4"));
    }

    [Fact]
    public void NamesAreOnlyNames()
    {
        using var folder = new TempFolder();
        string plain = TestVideos.Make(folder, "a.mkv");
        string here = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Path.GetDirectoryName(plain)!);
        try
        {
            foreach (string name in (string[])["-i.mkv", "concat:a.mkv", "a%03d.mkv", "http:x.mkv", "it's \"x\".mkv"])
            {
                File.Copy(plain, name);
                (VideoInfo info, List<VideoFrame> frames) = TestVideos.ReadAll(name);
                TestVideos.WriteAll($"-o {name}", frames, info.Clock);
                Assert.True(File.Exists(folder.At($"-o {name}")));
            }
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    [Fact]
    public void TruncatedFilesGiveWhatTheyHave()
    {
        using var folder = new TempFolder();
        byte[] whole = File.ReadAllBytes(TestVideos.Make(folder, "a.mkv", "testsrc2=s=64x48:r=25:d=2"));
        File.WriteAllBytes(folder.At("half.mkv"), whole[..(whole.Length / 2)]);
        byte[] indexed = File.ReadAllBytes(TestVideos.Make(folder, "a.mp4", "testsrc2=s=64x48:r=25:d=2", "-c:v", "libx264", "-qp", "0", "-movflags", "+faststart"));
        File.WriteAllBytes(folder.At("half.mp4"), indexed[..(indexed.Length * 3 / 4)]);

        foreach (string name in (string[])["half.mkv", "half.mp4"])
        {
            using VideoReader reader = VideoReader.Open(folder.At(name), cancellation: TestContext.Current.CancellationToken);
            Assert.InRange(TestVideos.ReadAll(reader).Count, 5, 49);
            Assert.NotEmpty(reader.Warnings);
        }
    }

    [Fact]
    public void DamagedFilesFailOnlyAsMediaDoes()
    {
        using var folder = new TempFolder();
        byte[] whole = File.ReadAllBytes(TestVideos.Make(folder, "a.mkv"));
        var random = new Random(11);
        for (int round = 0; round < 6; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i < 1 << round; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                using VideoReader reader = VideoReader.Open(new MemoryStream(damaged), cancellation: TestContext.Current.CancellationToken);
                Assert.InRange(TestVideos.ReadAll(reader).Count, 0, 20);
            }
            catch (CodecException)
            {
                // What is wanted.
            }
        }
    }

    [Theory]
    [InlineData("YUV4MPEG2 W60000 H4000 F25:1 C420\nFRAME\n", true)]
    [InlineData("YUV4MPEG2 W99999999 H99999999 F25:1 C420\nFRAME\n", false)]
    [InlineData("YUV4MPEG2 W0 H16 F25:1 C420\nFRAME\n", false)]
    [InlineData("YUV4MPEG2 W-16 H16 F25:1 C420\nFRAME\n", false)]
    [InlineData("YUV4MPEG2 W16 H16 F0:0 Cnothing\nFRAME\n", false)]
    [InlineData("YUV4MPEG2 W16 H16 F25:1 C420\nFRAME\nshort", false)]
    [InlineData("YUV4MPEG2", false)]
    public void HostileHeadersAreRefused(string header, bool tooLarge)
    {
        Exception? error = Record.Exception(() =>
        {
            using VideoReader reader = VideoReader.Open(new MemoryStream(Encoding.ASCII.GetBytes(header)), cancellation: TestContext.Current.CancellationToken);
            _ = TestVideos.ReadAll(reader);
        });

        Assert.True(error is CodecException, $"{error}");
        Assert.Equal(tooLarge, error is LimitExceededException);
    }

    [Fact]
    public void CancellingEndsTheDecoder()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "testsrc2=s=320x180:r=25:d=4", "-c:v", "libx264", "-preset", "ultrafast");
        using var cancel = new CancellationTokenSource();
        using VideoReader reader = VideoReader.Open(path, cancellation: cancel.Token);
        Assert.NotNull(reader.Read());

        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() => TestVideos.ReadAll(reader));
        Assert.Throws<OperationCanceledException>(() => VideoReader.Open(path, cancellation: cancel.Token));
        using var late = new CancellationTokenSource();
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), 2);
        using VideoWriter writer = VideoWriter.Create(folder.At("b.mp4"), frames[0].Format, new FrameClock(25, 1), cancellation: late.Token);
        writer.Write(frames[0]);
        late.Cancel();
        Assert.Throws<OperationCanceledException>(() => writer.Write(frames[1]));
    }
}
