using Codecs.Models.NirvanaFaithful;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.NirvanaFaithful;

public sealed class LogisticPriorTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0.5)]
    [InlineData(-1, -3)]
    public void BitsAreThoseOfTheDefinition(double h, double b)
    {
        using var scope = NewDisposeScope();
        Tensor parameters = tensor((float[])[(float)h, (float)b]);
        foreach (float x in (float[])[-7.25f, -1, 0, 0.4f, 2, 9])
        {
            double steepness = Math.Log(1 + Math.Exp(h));
            double expected = -Math.Log2(F(x + 0.5) - F(x - 0.5) + 1e-10);
            Assert.Equal(Math.Clamp(expected, 0, 50), LogisticPrior.Bits(tensor((float[])[x]), parameters).item<float>(), 2e-2);

            double F(double v) => 1 / (1 + Math.Exp(-((steepness * v) + b)));
        }
    }

    [Fact]
    public void ProbabilitiesOfAllIntegersAddUp()
    {
        using var scope = NewDisposeScope();
        Tensor parameters = tensor((float[])[0.3f, 0.1f]);

        double sum = Enumerable.Range(-60, 121).Sum(x => Math.Pow(2, -LogisticPrior.Bits(tensor((float[])[x]), parameters).item<float>()));

        Assert.Equal(1, sum, 1e-4);
    }

    [Fact]
    public void AnIntegerInTheMiddleIsCheap()
    {
        using var scope = NewDisposeScope();

        // 2 sigmoid(softplus(4) / 2) - 1.
        Assert.Equal(0.39, LogisticPrior.Bits(zeros(1), tensor((float[])[LogisticPrior.Difference, 0])).item<float>(), 0.02);
    }
}
