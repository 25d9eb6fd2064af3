using Codecs.Formats.Weights;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc;

public sealed class LatentStepsTests
{
    private const int Channels = 21, Positions = 40; // fills no vector evenly

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(240)]
    public void StepsAreThoseOfTheTorchQuantizer(int rate)
    {
        (LatentQuantizer quantizer, LatentSteps steps) = Create(seed: 1);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        float[] latent = Latents();
        Tensor rates = tensor(new[] { (float)rate });
        float[] expected = [.. quantizer.Compand(tensor(latent, [1, 1, Positions, Channels]), rates).contiguous().data<float>()];
        float[] actual = [.. latent];
        steps.Compand(actual, rate);
        AssertRelative(expected, actual, 1e-5);

        float[] rounded = Array.ConvertAll(LatentSteps.Round(actual), v => (float)v), expanded = new float[rounded.Length];
        float[] back = [.. quantizer.Expand(tensor(rounded, [1, 1, Positions, Channels]), rates).contiguous().data<float>()];
        steps.Expand(rounded, rate, expanded);
        AssertRelative(back, expanded, 1e-5);
    }

    [Fact]
    public void ExpandingUndoesCompanding()
    {
        (LatentQuantizer quantizer, LatentSteps _) = Create(seed: 2);
        using (no_grad())
        {
            quantizer.log_correction.zero_();
            quantizer.log_limit.fill_(8); // e^8: the compander's largest step, one below its limit, is then hardly different from it
        }

        LatentSteps steps = Steps(quantizer);
        float[] latent = Latents(), companded = [.. latent], back = new float[latent.Length];
        steps.Compand(companded, 33);
        steps.Expand(companded, 33, back);
        for (int i = 0; i < latent.Length; i++)
        {
            Assert.Equal(latent[i], back[i], 1e-3 * Math.Abs(latent[i]));
        }
    }

    [Fact]
    public void RoundingIsToEvenAndClamped()
    {
        float[] steps = [0.5f, 1.5f, -0.5f, -2.5f, 1e9f, -1e9f, 3.4f, 0, .. Enumerable.Range(0, 40).Select(i => i + 0.5f)];
        short[] expected = [0, 2, 0, -2, 32767, -32767, 3, 0, .. Enumerable.Range(0, 40).Select(i => (short)(i + (i % 2)))];
        Assert.Equal(expected, LatentSteps.Round(steps));
    }

    private static float[] Latents()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Positions * Channels).Select(i => i < 10 ? 0 : (float)(Math.Exp((random.NextDouble() * 16) - 9) * (random.Next(2) == 0 ? 1 : -1)))];
    }

    private static (LatentQuantizer Quantizer, LatentSteps Steps) Create(int seed)
    {
        random.manual_seed(seed);
        var quantizer = new LatentQuantizer(Channels, limit: 100);
        using (no_grad())
        {
            quantizer.log_gain.uniform_(-1, 1);
            quantizer.log_correction.uniform_(-1, 1);
            quantizer.log_limit.uniform_(1, 9); // from below the smallest limit
        }

        return (quantizer, Steps(quantizer));
    }

    private static LatentSteps Steps(LatentQuantizer quantizer) => new(
        RandomWalloc.File(quantizer.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("log_inverse_gain", quantizer.LogInverseGain()))
            .Select(p => SafetensorsTensor.Create<float>("quantizer." + p.Item1, p.Item2.shape, p.Item2.detach().data<float>().ToArray()))),
        Channels);

    private static void AssertRelative(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Abs(expected[i]), $"Value {i} is {actual[i]}; expected {expected[i]}.");
        }
    }
}
