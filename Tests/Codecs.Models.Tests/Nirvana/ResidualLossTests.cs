using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Nirvana;

public sealed class ResidualLossTests
{
    private const float Price = 0.13f;
    private static readonly ResidualLoss s_loss = new(Price);

    [Theory]
    [InlineData(0)]
    [InlineData(0.2f)]
    [InlineData(-0.6f)]
    [InlineData(1.4f)]
    [InlineData(-9.3f)]
    public void GradientsAreThoseOfTorch(float target)
    {
        using var pause = CollectionPause.Start(16 << 20);
        using var scope = NewDisposeScope();
        for (int sixteenths = 8; sixteenths < (LaplaceTables.Count - 1) * 16; sixteenths += 97)
        {
            float mean = 0.07f, scale = ((sixteenths / 16f) - LaplaceTables.Middle) / 8;
            float loss = s_loss.Of(target, mean, scale, out float byMean, out float byScale);

            // The quantiser's decision is a constant; bits go on linearly between its points.
            Tensor m = tensor((double)mean, requires_grad: true), s = tensor((double)scale, requires_grad: true);
            Tensor b = exp(s) * 0.5, magnitude = (target - m).abs() * 2;
            int quantized = Decision(magnitude.item<double>(), b.item<double>());
            Tensor bits = quantized == 0
                ? -log2(1 - exp(-0.5 / b))
                : 1 + ((quantized - 0.5 + magnitude - magnitude.detach()) / (b * Math.Log(2))) - log2(1 - exp(-1 / b));
            Tensor error = quantized == 0 ? magnitude : magnitude.detach() - quantized;
            Tensor expected = (error * error) + (Price * bits);
            expected.backward();

            Assert.Equal(expected.item<double>(), loss, 1e-4 * (1 + loss));
            AssertClose(m.grad!.item<double>(), byMean);
            AssertClose(s.grad!.item<double>(), byScale);
        }
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void ScalesBeyondTheTablesComeBackOrStay(float scale)
    {
        foreach (float target in (float[])[0, 0.4f, 20, -3000])
        {
            float loss = s_loss.Of(target, 0, scale, out float byMean, out float byScale);

            Assert.True(float.IsFinite(loss) && float.IsFinite(byMean));
            Assert.True(scale < 0 ? byScale <= 0 : byScale >= 0);
        }
    }

    private static void AssertClose(double expected, float actual) => Assert.Equal(expected, actual, 1e-4 * (Math.Abs(expected) + 0.1));

    private static int Decision(double magnitude, double b)
    {
        double Cost(int q) => ((magnitude - q) * (magnitude - q)) + (Price * (q == 0
            ? -Math.Log2(1 - Math.Exp(-0.5 / b))
            : 1 + ((q - 0.5) / (b * Math.Log(2))) - Math.Log2(1 - Math.Exp(-1 / b))));
        int low = (int)magnitude;
        return new[] { 0, low, low + 1 }.MinBy(Cost);
    }
}
