using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Video.Tests;

public sealed class SeekTests
{
    [Fact]
    public void ASeekGivesWhatReadingFromTheStartGives()
    {
        List<VideoFrame> frames = Clips.Moving(150, times: i => (40 * i) + (i % 3), scenes: [33, 100]);
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(frames, new FrameClock(1000, 1), Clips.Lossless);
        using VideoDecoder decoder = codec.OpenDecoder(new MemoryStream(file));
        Gen.Int[0, 6100].Sample(milliseconds =>
        {
            decoder.SeekTo(TimeSpan.FromMilliseconds(milliseconds));
            int expected = Math.Max(0, frames.FindLastIndex(f => f.Timestamp <= milliseconds));
            VideoFrame?[] found = [decoder.Read(), decoder.Read(), decoder.Read()];
            Clips.AssertSame([.. frames.Skip(expected).Take(3)], [.. found.OfType<VideoFrame>()]);
        }, iter: 60, threads: 1);
        decoder.SeekTo(TimeSpan.FromSeconds(2));
        Clips.AssertSame(frames[49..], Clips.ReadAll(decoder));
    }

    [Fact]
    public void GroupsBeforeTheTargetAreOnlySkipped()
    {
        List<VideoFrame> frames = Clips.Moving(100);
        var clips = new StoredClips();
        using VideoCodec codec = Clips.Codec(clips, workers: 1);
        byte[] file = codec.Encode(frames, Clips.Film, Clips.Lossless with { KeyInterval = 10 });
        using VideoDecoder decoder = codec.OpenDecoder(new MemoryStream(file));
        decoder.SeekTo(TimeSpan.FromSeconds(95 / 24.0));
        Clips.AssertSame(frames[95..], Clips.ReadAll(decoder));

        // Group 0 has frames 0 to 2, group g frames 4 g - 1 to 4 g + 2.
        Assert.Equal([24, 25], clips.Decoded.Order());
    }

    [Fact]
    public void ExactFrameTimesAreHitWhateverTheClock()
    {
        List<VideoFrame> frames = Clips.Moving(60, times: i => 1001 * i);
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(frames, new FrameClock(30000, 1), Clips.Lossless);
        using VideoDecoder decoder = codec.OpenDecoder(new MemoryStream(file));
        for (int i = 0; i < frames.Count; i += 7)
        {
            // Rounded up to the next tick of TimeSpan, as 'frame i' would be.
            decoder.SeekTo(TimeSpan.FromTicks((long)Math.Ceiling(frames[i].Timestamp / 30000.0 * TimeSpan.TicksPerSecond)));
            Assert.Equal(frames[i].Timestamp, decoder.Read()!.Timestamp);
        }
    }

    [Fact]
    public void SoundBesideThePicturesDoesNotMatter()
    {
        List<VideoFrame> frames = Clips.Moving(100);
        using VideoCodec codec = Clips.Codec();
        byte[] file = SoundTests.Encode(codec, frames, SoundTests.Pieces(50));
        using VideoDecoder decoder = codec.OpenDecoder(new MemoryStream(file));
        decoder.SeekTo(TimeSpan.FromSeconds(3));
        Clips.AssertSame([.. frames[72..].Select(Retimed)], Clips.ReadAll(decoder));
        VideoFrame Retimed(VideoFrame f) => new(f.Format, f.Samples, f.Timestamp * (decoder.Clock.Numerator / 24));
    }
}
