using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class SiSdrTests
{
    // Whole periods: orthogonal to each other and of mean 0.
    private static readonly float[] s_signal = Sounds.Sine(1000, 3, 1000, 1);
    private static readonly float[] s_orthogonal = Sounds.Sine(1000, 7, 1000, 0.1);

    [Fact]
    public void OrthogonalNoiseGivesTheRatioOfAmplitudes() => Assert.Equal(20, SiSdr.Compute(s_signal, Sum(s_signal, s_orthogonal)), 1e-4);

    [Theory]
    [InlineData(0.01)]
    [InlineData(3)]
    [InlineData(-2)]
    public void ScaleDoesNotMatter(double gain) =>
        Assert.Equal(20, SiSdr.Compute(s_signal, Sounds.Scaled(Sum(s_signal, s_orthogonal), gain)), 1e-4);

    [Fact]
    public void OffsetDoesNotMatter() =>
        Assert.Equal(20, SiSdr.Compute(s_signal, Array.ConvertAll(Sum(s_signal, s_orthogonal), x => x + 0.5f)), 1e-4);

    [Fact]
    public void PartOfTheNoiseThatFollowsTheSignalIsNoDistortion()
    {
        // Plain SNR sees half the signal missing.
        float[] half = Sounds.Scaled(s_signal, 0.5);

        Assert.Equal(20 * Math.Log10(2), Snr.Compute(s_signal, half), 1e-6);
        Assert.InRange(SiSdr.Compute(s_signal, half), 100, double.PositiveInfinity);
    }

    [Fact]
    public void UnrelatedSoundIsFarBelowZero() => Assert.InRange(SiSdr.Compute(s_signal, s_orthogonal), double.NegativeInfinity, -80);

    [Fact]
    public void BalanceBetweenChannelsCounts()
    {
        float[] reference = [.. s_signal, .. s_signal];
        float[] degraded = [.. Sounds.Scaled(s_signal, 2), .. s_signal];

        // Best scale 1.5 leaves a quarter of the energy on both sides: 1.5^2 / 0.5^2.
        Assert.Equal(20 * Math.Log10(3), SiSdr.Compute(reference, degraded, 2), 1e-4);
    }

    [Fact]
    public void ConstantSoundsHaveNoRatio()
    {
        Assert.Equal(double.NaN, SiSdr.Compute([0.1f, 0.1f, 0.1f], [1, 2, 3]));
        Assert.Equal(double.NaN, SiSdr.Compute([1, 2, 3], [0, 0, 0]));
    }

    private static float[] Sum(float[] a, float[] b)
    {
        float[] sum = new float[a.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = a[i] + b[i];
        }

        return sum;
    }
}
