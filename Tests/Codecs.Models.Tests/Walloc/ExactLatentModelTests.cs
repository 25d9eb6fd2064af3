using Codecs.Formats.Weights;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc;

public sealed class ExactLatentModelTests
{
    private const int Channels = RandomWalloc.Channels, Inputs = 5 * Channels;

    [Fact]
    public void TheBitsSpentFollowTheFloatContext()
    {
        // The coder spends about what the float network estimates; a wrong neighbour, channel or rate would cost many times that.
        (LatentContext context, ExactLatentModel exact) = RandomWalloc.Context(seed: 3);
        const int rows = 24, columns = 24, rate = 77;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor values = zeros(1, rows, columns, Channels), rateTensor = tensor(new[] { (float)rate });
        var random = new Random(1);

        // Draws each latent from its prediction, in the order of coding.
        float[] drawn = new float[rows * columns * Channels];
        for (int pass = 0; pass < 40; pass++)
        {
            (Tensor mean, Tensor spread) = context.Predict(tensor(drawn, [1, rows, columns, Channels]), rateTensor);
            float[] m = [.. mean.contiguous().data<float>()], s = [.. spread.contiguous().data<float>()];
            random = new Random(1);
            for (int i = 0; i < drawn.Length; i++)
            {
                double u = Math.Clamp(random.NextDouble(), 1e-4, 1 - 1e-4);
                drawn[i] = Math.Clamp(MathF.Round(m[i] + (s[i] * (float)Math.Log(u / (1 - u)))), -255, 255);
            }
        }

        Tensor rounded = tensor(drawn, [1, rows, columns, Channels]);
        double estimate = context.Bits(rounded, rounded, rateTensor).sum().item<float>();
        var payload = new System.Buffers.ArrayBufferWriter<byte>();
        long bytes = LatentCoding.Encode(exact, Array.ConvertAll(drawn, v => (short)v), rows, columns, rate, [], Codecs.EntropyCoding.CheckMode.None, payload);
        Assert.InRange(8 * bytes, estimate * 0.9, estimate * 1.1);
    }

    [Fact]
    public void WeightsThatLookAheadAreRefused()
    {
        foreach (bool isMean in (bool[])[true, false])
        {
            (short[] Mean, short[] Spread, short[] Base, short[] Start) weights = RandomWalloc.Zeros(1024);
            short[] changed = isMean ? weights.Mean : weights.Spread;
            changed[(3 * Inputs) + (4 * Channels) + 2] = 1; // channel 3 sees channel 2 of its own position
            RandomWalloc.Exact(weights);
            changed[(3 * Inputs) + (4 * Channels) + 3] = 1; // and now itself
            Assert.Throws<ModelMismatchException>(() => RandomWalloc.Exact(weights));
        }
    }

    [Fact]
    public void NegativeSpreadsAreRefused()
    {
        (short[] Mean, short[] Spread, short[] Base, short[] Start) weights = RandomWalloc.Zeros(1024);
        weights.Spread[5] = -1;
        Assert.Throws<ModelMismatchException>(() => RandomWalloc.Exact(weights));
    }

    [Fact]
    public void SumsThatCouldOverflowAreRefused()
    {
        // Enough channels for 16-bit weights to reach 2^31: 257 inputs of 32767 · 255.
        const int channels = 300;
        short[] mean = new short[channels * channels], spread = new short[mean.Length], bases = new short[(WallocRates.MaxRate + 1) * channels];
        ExactLatentModel Create() => new(
            new Codecs.Models.Exact.IntegerWeights(RandomWalloc.File(
            [
                SafetensorsTensor.Create<short>("mean", [mean.Length], mean), SafetensorsTensor.Create<short>("spread", [mean.Length], spread),
                SafetensorsTensor.Create<short>("base", [bases.Length], bases), SafetensorsTensor.Create<short>("start", [ResidualModel.Contexts], new short[ResidualModel.Contexts]),
            ]), ""), channels, []);
        int last = (channels - 1) * channels;
        mean.AsSpan(last, 257).Fill(short.MaxValue);
        Create();
        mean[last + 257] = short.MinValue;
        Assert.Throws<ModelMismatchException>(Create);
    }

    [Fact]
    public void ATensorOfAnotherSizeIsRefused()
    {
        (short[] Mean, short[] Spread, short[] Base, short[] Start) weights = RandomWalloc.Zeros(1024);
        Assert.Throws<ModelMismatchException>(() => RandomWalloc.Exact((weights.Mean[1..], weights.Spread, weights.Base, weights.Start)));
    }
}
