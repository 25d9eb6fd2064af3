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

        Assert.Null(SoundAlignment.FindDelay(probe.Channel(0), new float[24_000]));
        Assert.Null(SoundAlignment.FindDelay(probe.Channel(0), new float[100]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(47)]
    [InlineData(-9)]
    public void OtherWavesOfTheSameLoudnessAreFoundToTwoMilliseconds(int milliseconds)
    {
        Waveform sound = Syllables(noiseSeed: 1);
        Waveform vocoded = SoundAlignment.Fit(Syllables(noiseSeed: 2), -milliseconds * 24, sound.SampleCount + 300);

        Assert.Null(SoundAlignment.FindDelay(sound.Channel(0), vocoded.Channel(0)));
        Assert.InRange(SoundAlignment.FindSpectralDelay(sound, vocoded) / 24.0, milliseconds - 2, milliseconds + 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(331)]
    public void WavesThatAreRecognisedInASoundGiveItsDelayToTheSample(int delay)
    {
        Waveform sound = Syllables(noiseSeed: 1);

        Waveform late = SoundAlignment.Fit(sound, -delay, sound.SampleCount);

        Assert.Equal(delay, SoundAlignment.Refine(sound, late, SoundAlignment.FindSpectralDelay(sound, late)));
        Assert.Equal(delay + 5, SoundAlignment.Refine(sound, Syllables(noiseSeed: 2), delay + 5));
    }

    [Fact]
    public void SoundsTooShortForSpectraAreNotShifted()
    {
        Waveform sound = Syllables(noiseSeed: 1).Slice(0, 4000);

        Assert.Equal(0, SoundAlignment.FindSpectralDelay(sound, SoundAlignment.Fit(sound, -331, 4000)));
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

    /// <summary>Noise that swells and fades at times that do not repeat themselves, 2 s at 24 kHz.</summary>
    private static Waveform Syllables(int noiseSeed)
    {
        var noise = new Random(noiseSeed);
        var times = new Random(7);
        var sound = new Waveform(24_000, 1, 48_000);
        Span<float> samples = sound.Channel(0);
        for (int start = 500; start < samples.Length;)
        {
            int length = times.Next(1500, 5000);
            for (int i = 0; i < length && start + i < samples.Length; i++)
            {
                samples[start + i] = (float)(0.5 * Math.Sin(Math.PI * i / length) * (noise.NextDouble() - 0.5));
            }

            start += length + times.Next(200, 2500);
        }

        return sound;
    }
}
