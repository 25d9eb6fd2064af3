using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

/// <summary>The distances of plain spectra: STFT distance, log-spectral distance, spectral convergence.</summary>
public sealed class SpectralDistanceTests
{
    private static readonly float[] s_sound = Sounds.Noise(6_001, 0.5, 3);

    [Fact]
    public void EqualSoundsAreAtDistanceZero()
    {
        Assert.Equal(0, StftDistance.Compute(s_sound, s_sound), 1e-9);
        Assert.Equal(0, LogSpectralDistance.Compute(s_sound, s_sound, 16_000), 1e-9);
        Assert.Equal(0, SpectralConvergence.Compute(s_sound, s_sound, 16_000), 1e-9);
    }

    [Fact]
    public void StftDistanceOfAScaledSoundIsKnown()
    {
        // Two scales of log10 of squares; the mean magnitudes' share cancels (1 - 1/4 is 1.5 times 1 - 1/2).
        double half = StftDistance.Compute(s_sound, Sounds.Scaled(s_sound, 0.5));
        double quarter = StftDistance.Compute(s_sound, Sounds.Scaled(s_sound, 0.25));

        Assert.Equal(2 * Math.Log10(2), quarter - (1.5 * half), 1e-9);
    }

    [Fact]
    public void StftDistanceToSilenceIsTheMeanMagnitudeAndTheClampedLogarithm()
    {
        // A unit impulse, seen by one scale in 4 frames with the window's value there: sin^2 of 1/4, 1/2 and 3/4 of pi, and 0.
        float[] impulse = new float[4_097];
        impulse[2048] = 1;

        double expected = 0;
        foreach (int window in new[] { 2048, 512 })
        {
            int frames = 1 + (4_097 / (window / 4));
            double logarithms = 2 * ((2 * Math.Log10(0.5 / 1e-5)) + Math.Log10(1 / 1e-5));
            expected += (logarithms + 0.5 + 0.5 + 1) / frames;
        }

        Assert.Equal(expected, StftDistance.Compute(impulse, new float[4_097]), 1e-9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(3)]
    public void LogSpectralDistanceOfAScaledSoundIsTheGain(double gain) =>
        Assert.Equal(Math.Abs(20 * Math.Log10(gain)), LogSpectralDistance.Compute(s_sound, Sounds.Scaled(s_sound, gain), 16_000), 1e-4);

    [Fact]
    public void LogSpectralDistanceStopsAtItsFloor()
    {
        // Both far below -100 dB.
        Assert.Equal(0, LogSpectralDistance.Compute(Sounds.Scaled(s_sound, 1e-9), new float[6_001], 16_000));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    [InlineData(3, 2)]
    public void SpectralConvergenceOfAScaledSoundIsTheRelativeError(double gain, double expected) =>
        Assert.Equal(expected, SpectralConvergence.Compute(s_sound, Sounds.Scaled(s_sound, gain), 44_100), 1e-6);

    [Fact]
    public void ConvergenceToSilenceIsUndefined() => Assert.Equal(double.NaN, SpectralConvergence.Compute(new float[300], s_sound.AsSpan(0, 300), 8_000));

    [Fact]
    public void MoreNoiseIsWorse()
    {
        float[] little = Sounds.WithNoise(s_sound, 25);
        float[] much = Sounds.WithNoise(s_sound, 10);

        Assert.True(StftDistance.Compute(s_sound, little) < StftDistance.Compute(s_sound, much));
        Assert.True(LogSpectralDistance.Compute(s_sound, little, 16_000) < LogSpectralDistance.Compute(s_sound, much, 16_000));
        Assert.True(SpectralConvergence.Compute(s_sound, little, 16_000) < SpectralConvergence.Compute(s_sound, much, 16_000));
    }

    [Fact]
    public void ChannelsAreAveraged()
    {
        float[] other = Sounds.WithNoise(s_sound, 10);
        float[] reference = [.. s_sound, .. s_sound];
        float[] degraded = [.. other, .. s_sound];

        Assert.Equal(StftDistance.Compute(s_sound, other) / 2, StftDistance.Compute(reference, degraded, 2), 1e-12);
        Assert.Equal(LogSpectralDistance.Compute(s_sound, other, 16_000) / 2, LogSpectralDistance.Compute(reference, degraded, 16_000, 2), 1e-12);
        Assert.Equal(SpectralConvergence.Compute(s_sound, other, 16_000) / Math.Sqrt(2), SpectralConvergence.Compute(reference, degraded, 16_000, 2), 1e-12);
    }

    [Fact]
    public void SoundsTooShortToMirrorAreRefused()
    {
        Assert.Throws<ArgumentException>(() => StftDistance.Compute(new float[1024], new float[1024]));
        Assert.Throws<ArgumentException>(() => LogSpectralDistance.Compute(new float[256], new float[256], 16_000));
        Assert.Throws<ArgumentException>(() => SpectralConvergence.Compute(new float[256], new float[256], 16_000));
    }
}
