using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class SideTracksTests
{
    [Theory]
    [InlineData("a.mp4", "aac")]
    [InlineData("a.mkv", "flac")]
    [InlineData("a.mkv", "libopus")]
    public void SoundComesBackAtItsTime(string name, string encoder)
    {
        using var folder = new TempFolder();
        string path = Beep(folder, name, encoder);

        using (Stream tracks = SideTracks.Open(path, cancellation: TestContext.Current.CancellationToken)!)
        {
            Write(folder.At("back.mp4"), TrackInput.FromStream(tracks));
        }

        Write(folder.At("late.mkv"), TrackInput.FromFile(path, 0.25));
        Assert.Equal(encoder.Replace("lib", string.Empty, StringComparison.Ordinal), TestVideos.Probe(folder.At("back.mp4"), "a", "stream=codec_name").Single());
        // ffmpeg's Matroska is off by the 6.5 ms of Opus that come before the sound.
        double tolerance = encoder == "libopus" ? 0.008 : 0.003;
        Assert.Equal(0.5, Onset(folder.At("back.mp4")), tolerance);
        Assert.Equal(0.75, Onset(folder.At("late.mkv")), tolerance);
    }

    [Fact]
    public void SoundThatAContainerDoesNotTakeIsEncodedAnew()
    {
        using var folder = new TempFolder();
        string path = Beep(folder, "a.mkv", "flac");

        Write(folder.At("b.webm"), TrackInput.FromFile(path));
        Write(folder.At("c.mov"), TrackInput.FromFile(path));

        Assert.Equal(["opus"], TestVideos.Probe(folder.At("b.webm"), "a", "stream=codec_name"));
        Assert.Equal(["aac"], TestVideos.Probe(folder.At("c.mov"), "a", "stream=codec_name"));
        Assert.Equal(0.5, Onset(folder.At("c.mov")), 0.003);
        Assert.Equal(0.5, Onset(folder.At("b.webm")), 0.008);
    }

    [Fact]
    public void SubtitlesGoAlongWhenWanted()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("s.srt"), "1\n00:00:00,200 --> 00:00:00,400\nHello\n\n");
        string path = TestVideos.Make(
            folder, "a.mp4", "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1", "-i", folder.At("s.srt"), "-map", "0", "-map", "1", "-map", "2", "-c:v",
            "libx264", "-c:a", "aac", "-c:s", "mov_text");
        Assert.Equal(1, VideoReader.Identify(path).SubtitleCount);

        using (Stream tracks = SideTracks.Open(path, subtitles: true, cancellation: TestContext.Current.CancellationToken)!)
        using (FileStream file = File.Create(folder.At("t.mkv")))
        {
            tracks.CopyTo(file);
        }

        Write(folder.At("b.mp4"), TrackInput.FromFile(folder.At("t.mkv")));
        Assert.Equal(["aac", "subrip"], TestVideos.Probe(folder.At("t.mkv"), null, "stream=codec_name"));
        Assert.Equal(["mov_text"], TestVideos.Probe(folder.At("b.mp4"), "s", "stream=codec_name"));
    }

    [Fact]
    public void SilentFilesHaveNone()
    {
        using var folder = new TempFolder();
        Assert.Null(SideTracks.Open(TestVideos.Make(folder, "a.mp4"), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<MediaException>(() => SideTracks.Open(folder.At("none.mp4"), cancellation: TestContext.Current.CancellationToken));
        File.WriteAllText(folder.At("bad.mkv"), "no sound");
        Assert.Throws<MediaException>(() => Write(folder.At("b.mp4"), TrackInput.FromFile(folder.At("bad.mkv"))));
        Assert.Equal(["a.mp4", "bad.mkv"], folder.Files());
    }

    [Fact]
    public void LongSoundFlows()
    {
        using var folder = new TempFolder();
        string path = TestVideos.Make(folder, "a.mkv", "sine=d=60", "-c:a", "flac");

        using Stream tracks = SideTracks.Open(path, start: TimeSpan.FromSeconds(10), duration: TimeSpan.FromSeconds(20), cancellation: TestContext.Current.CancellationToken)!;
        using (FileStream file = File.Create(folder.At("t.mkv")))
        {
            tracks.CopyTo(file);
        }

        double[] times = TestVideos.Times(folder.At("t.mkv"), "a:0");
        Assert.Equal(0, times[0], 0.1);
        Assert.Equal(20, times[^1], 0.2);
    }

    /// <summary>A video of a second whose sound begins in its middle.</summary>
    private static string Beep(TempFolder folder, string name, string encoder) => TestVideos.Make(
        folder, name, "testsrc2=s=64x48:r=25:d=1", "-f", "lavfi", "-i", "aevalsrc='if(gte(t,0.5),0.8*sin(2*PI*2000*t),0)':s=48000:d=1", "-c:v", "libx264", "-c:a", encoder);

    /// <summary>When the sound begins, in seconds of the video's time.</summary>
    private static double Onset(string path)
    {
        byte[] samples = TestVideos.Run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-af", "aresample=async=1:first_pts=0", "-f", "s16le", "pipe:1");
        int first = Enumerable.Range(0, samples.Length / 2).First(i => Math.Abs(BitConverter.ToInt16(samples, 2 * i)) > 10000);
        return first / 48000.0;
    }

    private static void Write(string path, TrackInput tracks)
    {
        List<VideoFrame> frames = TestVideos.Synthetic(new VideoFormat(64, 48, ChromaFormat.Yuv420), 25);
        TestVideos.WriteAll(path, frames, new FrameClock(25, 1), new VideoWriteOptions { Tracks = [tracks] });
    }
}
