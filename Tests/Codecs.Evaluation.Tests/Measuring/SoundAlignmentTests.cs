using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Measuring;

public sealed class SoundAlignmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-3)]
    [InlineData(1105)]
    [InlineData(-2048)]
    [InlineData(4096)]
    public void ADelayOfTheProbeIsFoundToTheSample(int delay)
    {
        Waveform probe = DelayTable.Probe(24_000, 1);

        Assert.Equal(delay, SoundAlignment.FindDelay(probe.Channel(0), SoundAlignment.Fit(probe, -delay, probe.SampleCount).Channel(0)));
    }

    [Fact]
    public void WhatIsNotRecognisedIsNotShifted()
    {
        Waveform probe = DelayTable.Probe(24_000, 1);

        Assert.Equal(0, SoundAlignment.FindDelay(probe.Channel(0), new float[24_000]));
        Assert.Equal(0, SoundAlignment.FindDelay(probe.Channel(0), new float[100]));
    }

    [Fact]
    public void AFittedSoundHasTheLengthThatIsWanted()
    {
        var sound = new Waveform(8_000, new float[] { 1, 2, 3, 4 });

        Assert.Equal([3, 4, 0, 0, 0], SoundAlignment.Fit(sound, 2, 5).Channel(0).ToArray());
        Assert.Equal([0, 1, 2], SoundAlignment.Fit(sound, -1, 3).Channel(0).ToArray());
        Assert.Equal([0, 0], SoundAlignment.Fit(sound, 9, 2).Channel(0).ToArray());
        Assert.Same(sound, SoundAlignment.Fit(sound, 0, 4));
    }
}
