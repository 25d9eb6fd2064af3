using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class SegmentalSnrTests
{
    private const int Rate = 8_000;
    private const int Frame = 160;

    [Fact]
    public void FramesAreAveragedInDecibels() => Assert.Equal(20, Measure((1, 0.1), (1, 0.1), (1, 0.1)), 1e-4);

    [Fact]
    public void RatiosAreClampedBeforeTheMean()
    {
        Assert.Equal((20 + 35 - 10) / 3.0, Measure((1, 0.1), (1, 0), (1, 100)), 1e-4);
        Assert.Equal(35, Measure((1, 0)), 12);
    }

    [Fact]
    public void SilentFramesDoNotCount()
    {
        Assert.Equal(20, Measure((1, 0.1), (0, 1), (0.009, 1)), 1e-4);
        Assert.Equal((20 - 10) / 2.0, Measure((1, 0.1), (0.011, 1)), 1e-4);
        Assert.Equal(double.NaN, Measure((0, 1)));
    }

    [Fact]
    public void ChannelsAreAveragedAndSilentOnesLeftOut()
    {
        float[] reference = [.. Constant(1), .. Constant(1), .. Constant(0)];
        float[] degraded = [.. Constant(1.1), .. Constant(1), .. Constant(1)];

        Assert.Equal((20 + 35) / 2.0, SegmentalSnr.Compute(reference, degraded, Rate, 3), 1e-4);
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentException>(() => SegmentalSnr.Compute(new float[Frame - 1], new float[Frame - 1], Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentalSnr.Compute(new float[Frame], new float[Frame], 7_999));
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentalSnr.Compute(new float[Frame], new float[Frame], Rate, 1, 0.04));
    }

    /// <summary>Frames of a constant level and a constant error each.</summary>
    private static double Measure(params (double Level, double Error)[] frames)
    {
        List<float> reference = [];
        List<float> degraded = [];
        foreach ((double level, double error) in frames)
        {
            reference.AddRange(Constant(level));
            degraded.AddRange(Constant(level + error));
        }

        return SegmentalSnr.Compute(reference.ToArray(), degraded.ToArray(), Rate);
    }

    private static float[] Constant(double level)
    {
        float[] frame = new float[Frame];
        Array.Fill(frame, (float)level);
        return frame;
    }
}
