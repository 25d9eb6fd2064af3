using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class SnrTests
{
    [Fact]
    public void RatioIsEnergyOverEnergyOfTheDifference() => Assert.Equal(10 * Math.Log10(25), Snr.Compute([3, 4], [3, 3]), 12);

    [Fact]
    public void EqualSoundsAreInfinitelyGood() => Assert.Equal(double.PositiveInfinity, Snr.Compute([1, -2], [1, -2]));

    [Fact]
    public void SilentReferenceHasNoRatio() => Assert.Equal(double.NaN, Snr.Compute([0, 0], [1, 0]));

    [Fact]
    public void ChannelsCountTogether() => Assert.Equal(10 * Math.Log10(25), Snr.Compute([3, 4, 0, 0], [3, 4, 1, 0], 2), 12);

    [Fact]
    public void NoiseOfKnownLevelIsFound()
    {
        float[] sound = Sounds.Noise(5000, 0.3, 1);

        Assert.Equal(12.5, Snr.Compute(sound, Sounds.WithNoise(sound, 12.5)), 1e-4);
    }

    [Fact]
    public void ShapesThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Snr.Compute([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Snr.Compute([], []));
        Assert.Throws<ArgumentException>(() => Snr.Compute([1, 2, 3], [1, 2, 3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Snr.Compute([1], [1], 0));
    }
}
