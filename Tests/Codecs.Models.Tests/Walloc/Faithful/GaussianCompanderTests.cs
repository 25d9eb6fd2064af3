using Codecs.Models.Tests.Faithful;
using Codecs.Models.Walloc.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class GaussianCompanderTests
{
    private static readonly float[] s_latents = [-200, -50, -3, -0.5f, 0, 0.25f, 1, 7.5f, 40, 150];

    [Fact]
    public void EightBitsGiveTheGoldenNumbers()
    {
        using var scope = NewDisposeScope();
        GaussianCompander compander = new(8);
        Tensor u = compander.ToUniform(tensor(s_latents)), q = GaussianCompander.Quantize(u);

        Near.Equal([-127.04315, -68.03326, -4.44424, -0.74094, 0, 0.37048, 1.48183, 11.09208, 56.08545, 123.81607], u, 1e-6, absolute: 2e-5); // printed after Φ - 1/2 in float32
        Near.Equal([-127, -68, -4, -1, 0, 0, 1, 11, 56, 124], q, 0);
        Near.Equal([-198.05347, -49.97074, -2.69996, -0.67483, 0, 0, 0.67483, 7.4375, 39.93169, 151.38075], compander.ToNormal(q), 1e-5);
    }

    [Fact]
    public void FourBitsGiveTheGoldenNumbers()
    {
        using var scope = NewDisposeScope();
        GaussianCompander compander = new(4);
        Tensor u = compander.ToUniform(tensor(s_latents));

        Near.Equal([-7.499, -7.499, -4.29047, -0.78836, 0, 0.39504, 1.56309, 7.14307, 7.499, 7.499], u, 1e-6, absolute: 2e-5);
        Near.Equal([-7, -7, -4, -1, 0, 0, 2, 7, 7, 7], GaussianCompander.Quantize(u), 0);
        Near.Equal([0.63536, 1.28929, 1.98451, 2.75471, 3.66119, 4.85026, 6.94231], compander.ToNormal(tensor([1f, 2, 3, 4, 5, 6, 7])), 1e-5);
    }

    [Theory]
    [InlineData(6, new[] { 1f, 16, 31 }, new[] { 0.66691, 11.51283, 40.42635 })]
    [InlineData(3, new[] { 1f, 2, 3 }, new[] { 0.59386, 1.28419, 2.37751 })]
    [InlineData(2, new[] { 1f }, new[] { 0.52341 })]
    public void OtherBitsGiveTheGoldenNumbers(int bits, float[] integers, double[] latents)
    {
        using var scope = NewDisposeScope();
        Near.Equal(latents, new GaussianCompander(bits).ToNormal(tensor(integers)), 2e-5);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 15)]
    [InlineData(8, 127)]
    public void TheLargestIntegerIsNeverExceeded(int bits, int largest)
    {
        using var scope = NewDisposeScope();
        GaussianCompander compander = new(bits);

        Assert.Equal(largest, compander.Largest);
        Near.Equal([-largest, largest], GaussianCompander.Quantize(compander.ToUniform(tensor([-1e30f, 1e30f]))), 0);
        Assert.True(compander.ToNormal(tensor([1e30f])).isfinite().all().item<bool>());
    }
}
