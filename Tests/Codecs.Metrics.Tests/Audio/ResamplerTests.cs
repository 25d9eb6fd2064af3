using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(44_100, 16_000)]
    [InlineData(44_100, 10_000)]
    [InlineData(8_000, 10_000)]
    [InlineData(48_000, 16_000)]
    public void ToneStaysTheSameTone(int fromHz, int toHz)
    {
        double[] resampled = Resampler.Convert(Sounds.Sine(fromHz / 2, 1000, fromHz), fromHz, toHz);

        Assert.Equal(toHz / 2, resampled.Length);
        for (int n = 100; n < resampled.Length - 100; n++)
        {
            Assert.Equal(0.5 * Math.Sin(2 * Math.PI * 1000 * n / toHz), resampled[n], 2e-3);
        }
    }

    [Fact]
    public void ToneWellAboveTheNewRangeVanishes()
    {
        double[] resampled = Resampler.Convert(Sounds.Sine(24_000, 10_000, 48_000), 48_000, 16_000);

        foreach (double value in resampled[100..^100])
        {
            Assert.InRange(value, -0.001, 0.001);
        }
    }

    [Fact]
    public void SameRateChangesNothing() => Assert.Equal([1, 2, 3], Resampler.Convert([1, 2, 3], 16_000, 16_000));

    [Fact]
    public void StepOfTwoIsTheFilterItself()
    {
        // Up by 2: even outputs pass the samples through the taps at whole crossings, where only the middle one is not zero.
        double[] resampled = Resampler.Convert([0, 0, 1, 0, 0], 8_000, 16_000);

        Assert.Equal(10, resampled.Length);
        Assert.Equal(1, resampled[4], 1e-2);
        Assert.Equal(0, resampled[6], 1e-12);
        Assert.Equal(resampled[3], resampled[5], 12);
        // sinc(1/2) under the window, which is a little below 1 there
        Assert.InRange(resampled[3] / resampled[4], 0.63, 2 / Math.PI);
    }
}
