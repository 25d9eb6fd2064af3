using CsCheck;

namespace Codecs.Metrics.Tests;

public sealed class MonotoneCubicTests
{
    [Fact]
    public void StraightLineIsIntegratedExactly()
    {
        var line = new MonotoneCubic([0, 1, 3, 4], [1, 3, 7, 9]);

        Assert.Equal(20, line.Integrate(0, 4), 12);
        Assert.Equal(2 * 0.25, line.Integrate(0.5, 0.75) / 1.125, 12);
    }

    [Fact]
    public void RisingPointsNeverGiveAFallingCurve() =>
        Gen.Double[0.01, 3].Array[6].Select(Gen.Double[0, 5].Array[6]).Sample((steps, rises) =>
        {
            double[] x = Accumulate(steps);
            double[] y = Accumulate(rises);
            var curve = new MonotoneCubic([.. x], [.. y]);
            double before = double.NegativeInfinity;
            double slice = (curve.Last - curve.First) / 200;
            for (int i = 0; i < 200; i++)
            {
                double from = curve.First + (i * slice);
                double mean = curve.Integrate(from, from + slice) / slice;
                Assert.True(mean >= before - 1e-9, $"{mean} after {before}");
                before = mean;
            }
        }, iter: 200);

    private static double[] Accumulate(double[] steps)
    {
        double[] sums = new double[steps.Length];
        double sum = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            sum += steps[i];
            sums[i] = sum;
        }

        return sums;
    }
}
