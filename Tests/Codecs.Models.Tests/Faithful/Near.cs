using static TorchSharp.torch;

namespace Codecs.Models.Tests.Faithful;

/// <summary>Comparison with golden numbers that were printed with six decimals.</summary>
internal static class Near
{
    internal static void Equal(double[] expected, Tensor found, double tolerance = 1e-4, double absolute = 2e-6)
    {
        using Tensor plain = found.to(ScalarType.Float64).contiguous();
        double[] values = plain.data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(
                Math.Abs(values[i] - expected[i]) <= absolute + (tolerance * Math.Abs(expected[i])),
                $"[{i}] is {values[i]}, expected {expected[i]}; all: {string.Join(' ', values)}");
        }
    }

    internal static double MaxDifference(Tensor a, Tensor b)
    {
        Assert.Equal(a.shape, b.shape);
        using Tensor difference = (a - b).abs().max();
        return difference.to(ScalarType.Float64).item<double>();
    }
}
