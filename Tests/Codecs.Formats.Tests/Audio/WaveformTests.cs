using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Audio;

public sealed class WaveformTests
{
    [Fact]
    public void ASliceSharesItsSamples()
    {
        Waveform sound = TestSounds.Tones(8000, 2, 100);
        Waveform part = sound.Slice(40, 10);

        part.Channel(1)[3] = 0.25f;

        Assert.Equal(10, part.SampleCount);
        Assert.Equal(0.25f, sound.Channel(1)[43]);
        Assert.Equal(TimeSpan.FromMilliseconds(12.5), sound.Duration);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(96, 5)]
    [InlineData(101, 0)]
    [InlineData(0, long.MaxValue)]
    public void ASliceBeyondTheSoundIsRefused(long start, long count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestSounds.Tones(8000, 1, 100).Slice(start, count));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(768_001, 1)]
    [InlineData(8000, 0)]
    [InlineData(8000, 65)]
    public void ShapesOutsideTheLimitsAreRefused(int rate, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Waveform(rate, channels, 1));

    [Fact]
    public void ChannelsOfDifferentLengthAreRefused() =>
        Assert.Throws<ArgumentException>(() => new Waveform(8000, new float[3], new float[4]));

    [Fact]
    public void InterleavingAndSeparatingAreInverse() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 50], Gen.Int[0, 10]).Sample((channels, count, start) =>
        {
            Waveform sound = TestSounds.Tones(44100, channels, count + start);
            float[] frames = new float[count * channels];
            sound.CopyInterleaved(start, frames);
            TestSounds.AssertSame(sound.Slice(start, count), Waveform.FromInterleaved(frames, 44100, channels));
        });

    [Fact]
    public void AnIncompleteFrameIsRefused() =>
        Assert.Throws<ArgumentException>(() => Waveform.FromInterleaved(new float[7], 8000, 2));
}
