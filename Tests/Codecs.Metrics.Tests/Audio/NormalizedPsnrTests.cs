using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class NormalizedPsnrTests
{
    // Peak 1, so the gain is a half and an error of 0.02 becomes 0.01.
    private static readonly float[] s_reference = [1, -1, 0.5f, -0.5f];
    private static readonly float[] s_degraded = [1.02f, -1.02f, 0.52f, -0.48f];

    [Fact]
    public void ErrorOfAHundredthGivesFortyDecibels() => Assert.Equal(40, NormalizedPsnr.Compute(s_reference, s_degraded), 1e-4);

    [Fact]
    public void LoudnessAndOffsetDoNotMatter() => Assert.Equal(
        40, NormalizedPsnr.Compute(Array.ConvertAll(s_reference, x => (300 * x) + 64), Array.ConvertAll(s_degraded, x => (300 * x) + 64)), 1e-3);

    [Fact]
    public void AllChannelsShareOneGain() => Assert.Equal(40, NormalizedPsnr.Compute(s_reference, s_degraded, 2), 1e-4);

    [Fact]
    public void LargestMagnitudeIsTakenAfterTheMeanIsRemoved()
    {
        // Mean 0.25, so the largest magnitude is 0.75 and the gain 2/3; mean squared error 0.01 / 4.
        Assert.Equal(-10 * Math.Log10(4.0 / 9 * 0.0025), NormalizedPsnr.Compute([1, 0, 0, 0], [1, 0, 0, 0.1f]), 1e-5);
    }

    [Fact]
    public void ExtremesAreDefined()
    {
        Assert.Equal(double.PositiveInfinity, NormalizedPsnr.Compute(s_reference, s_reference));
        Assert.Equal(double.NaN, NormalizedPsnr.Compute([2, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => NormalizedPsnr.Compute([], []));
    }
}
