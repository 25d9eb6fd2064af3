using Codecs.Models.Faithful;
using Codecs.Models.Tests.Faithful;
using Codecs.Models.Walloc.Faithful;
using Codecs.Models.Walloc.Faithful.Networks;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class FaithfulNetworkTests
{
    [Fact]
    public void TheFormulaOfTheWeightsIsThatOfTheGoldenVectors()
    {
        using Tensor filled = tensor(GoldenFill.Create("encoder.0.weight", 8, 1));
        Near.Equal([0.941647, 0.469294, -0.272999, -0.876002, -0.951194, -0.402351, 0.439387, 0.975705], filled);
    }

    [Fact]
    public void TheSmallAudioCodecGivesTheGoldenNumbersAtEveryStage()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallAudio);
        float[] x = new float[1024];
        for (int n = 0; n < 512; n++)
        {
            x[n] = (float)((0.3 * Math.Sin(2 * Math.PI * 440 * n / 44100)) + (0.1 * Math.Sin((2 * Math.PI * 3000 * n / 44100) + 0.5)));
            x[512 + n] = (float)(0.25 * Math.Cos(2 * Math.PI * 660 * n / 44100));
        }

        Tensor signal = tensor(x, [1, 2, 512]);
        Tensor bands = WaveletPackets.Analyze1d(signal, 3);
        Assert.Equal([1, 16, 64], bands.shape);

        Tensor y = codec.Network.Encoder.Forward(bands);
        Assert.Equal([1, 6, 66], y.shape);
        Near.Equal([-25.84238, 57.17439, 31.26836, -12.93642, -21.63887, -50.02122], y[0, .., 10]);
        Near.Equal([-0.01865, -0.00891, 0.00597, 0.01777], y[0, ..4, 0], 1e-3);

        Tensor q = codec.Network.Analyze(signal);
        Near.Equal([0, 0, 0, 0, 0, 0], q[0, .., 0], 0);
        Near.Equal([27, -14, 4, 35, 35, 16], q[0, .., 1], 0);
        Near.Equal([-37, 76, 45, -19, -32, -68], q[0, .., 10], 0);
        Near.Equal([42, -64, -34, 30, 38, 53], q[0, .., 40], 0);

        Tensor decoded = codec.Network.Decoder.Forward(new GaussianCompander(8).ToNormal(q));
        Assert.Equal([1, 16, 64], decoded.shape);
        Near.Equal([0.83351, 2.20127, -1.0627, -1.07085], decoded[0, ..4, 0]);
        Near.Equal([-2.95566, -0.03073, 9.94558, 0.18544], decoded[0, 12.., 30], 2e-4);
        Near.Equal([4.331246], decoded.square().mean().sqrt());

        Tensor synthesized = WaveletPackets.Synthesize1d(decoded, 3);
        Near.Equal([1.33313, 0.2128, 2.09294, -1.0618, -1.92889, -1.49898], synthesized[0, 0, ..6]);

        Tensor filtered = codec.Network.Synthesize(q);
        Near.Equal([-0.34604, -0.54774, 1.1399, -0.78386, 0.08735, 0.76035], filtered[0, 0, ..6]);
        Near.Equal([-1.81796, -1.35377, -0.1947, 0.75028, 0.51004, 0.27085], filtered[0, 1, 300..306]);
        Near.Equal([0.998810], filtered.square().mean().sqrt());
    }

    [Theory]
    [InlineData(3, 48, 8, 768, 57_141_744)]
    [InlineData(3, 27, 3, 768, 56_992_539)]
    [InlineData(3, 16, 8, 768, 56_914_384)]
    [InlineData(3, 12, 8, 768, 56_885_964)]
    [InlineData(4, 147, 8, 1024, 107_152_531)]
    [InlineData(4, 48, 8, 1024, 106_164_016)]
    [InlineData(4, 8, 2, 1024, 105_764_616)]
    public void PublishedPictureCodecsHaveTheirNumberOfParameters(int levels, int latent, int bits, int width, long parameters) =>
        Assert.Equal(parameters, FaithfulWalloc.CountParameters(Image(levels, latent, bits, width)));

    [Theory]
    [InlineData(243, 8, 768, 768, 114_302_451)]
    [InlineData(147, 8, 1024, 1024, 195_197_843)]
    [InlineData(48, 4, 1536, 768, 251_751_984)]
    public void PublishedPictureCodecsWithAFullEncoderHaveTheirNumberOfParameters(int latent, int bits, int encoder, int decoder, long parameters) =>
        Assert.Equal(parameters, FaithfulWalloc.CountParameters(Image(4, latent, bits, decoder) with { LightweightEncoder = false, EncoderWidth = encoder }));

    [Theory]
    [InlineData(108, 16_346_074)]
    [InlineData(75, 15_601_330)]
    [InlineData(48, 15_946_822)]
    [InlineData(27, 15_198_466)]
    public void PublishedStereoCodecsHaveTheirNumberOfParameters(int latent, long parameters) => Assert.Equal(
        parameters, FaithfulWalloc.CountParameters(SyntheticWeights.SmallAudio with { Levels = 8, LatentChannels = latent, DecoderWidth = 768 }));

    [Fact]
    public void TheSmallAudioCodecHasItsNumberOfParameters() => Assert.Equal(19_398, FaithfulWalloc.CountParameters(SyntheticWeights.SmallAudio));

    [Fact]
    public void TensorsHaveTheirOfficialNames()
    {
        IReadOnlyDictionary<string, long[]> audio = IFaithfulNetwork.Shapes(SyntheticWeights.SmallAudio), image = IFaithfulNetwork.Shapes(SyntheticWeights.SmallImage);

        Assert.Equal([2, 2, 129], audio["post.weight"]);
        Assert.Equal([6, 16, 1], audio["encoder.0.weight"]);
        Assert.Equal([24, 6, 2], audio["decoder.1.block.1.conv_t1.weight_v"]);
        Assert.Equal([24, 1, 1], audio["decoder.1.block.1.conv_t1.weight_g"]);
        Assert.Equal([1, 6, 1], audio["decoder.1.block.1.res_unit3.snake2.beta"]);
        Assert.DoesNotContain("decoder.1.conv2.bias", audio.Keys);
        Assert.Equal(["iwt.g0", "iwt.g1", "wt.h0", "wt.h1"], audio.Keys.Where(WaveletBuffers.Contains).Order(StringComparer.Ordinal));
        Assert.Equal([4, 48, 1, 1], image["encoder.0.weight"]);
        Assert.Equal([32, 32], image["decoder.1.mid_block.attentions.0.to_out.0.weight"]);
        Assert.Equal([32], image["decoder.1.up_blocks.0.resnets.2.norm2.bias"]);
        Assert.Equal([1, 1, 10, 1], image["wt.h0_col"]);
        Assert.Equal([1, 1, 1, 10], image["iwt.g1_row"]);
    }

    [Fact]
    public void AnOobleckEncoderMakesAsManyFramesAsTheLinearOne()
    {
        using var scope = NewDisposeScope();
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallAudio with { LightweightEncoder = false, EncoderWidth = 12 });

        Tensor q = codec.Network.Analyze(rand(1, 2, 256) - 0.5f);

        Assert.Equal([1, 6, 34], q.shape);
        Assert.Equal([1, 2, 256], codec.Network.Synthesize(q).shape);
    }

    [Fact]
    public void AFullPictureEncoderKeepsTheLatentsSize()
    {
        using var scope = NewDisposeScope();
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallImage with { LightweightEncoder = false, EncoderWidth = 32 });

        Assert.Equal([1, 4, 4, 6], codec.Network.Analyze(rand(1, 3, 16, 24) - 0.5f).shape);
    }

    // The plain definition, matrix of scores and all.
    [Fact]
    public void AttentionIsSoftmaxOverAllPositions()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var weights = SyntheticWeights.Create(SyntheticWeights.SmallImage).ToDictionary(t => t.Name, t => tensor(t.ToFloats(), [.. t.Shape]));
        using FaithfulWalloc codec = SyntheticWeights.Open(SyntheticWeights.SmallImage);
        const string prefix = "decoder.1.mid_block.attentions.0.";
        SelfAttention attention = new(new WeightScope(new Fixed(weights), prefix), 32);
        Tensor x = randn(1, 32, 3, 5);

        Tensor tokens = nn.functional.group_norm(x, 32, W("group_norm.weight"), W("group_norm.bias"), 1e-6).reshape(32, 15).t();
        Tensor q = Linear(tokens, "to_q"), k = Linear(tokens, "to_k"), v = Linear(tokens, "to_v");
        Tensor expected = Linear((q.matmul(k.t()) / Math.Sqrt(32)).softmax(1).matmul(v), "to_out.0").t().reshape(1, 32, 3, 5) + x;

        Assert.InRange(Near.MaxDifference(expected, attention.Forward(x)), 0, 1e-5);

        Tensor W(string name) => weights[prefix + name];
        Tensor Linear(Tensor t, string name) => t.matmul(W(name + ".weight").t()) + W(name + ".bias");
    }

    private static FaithfulWallocConfig Image(int levels, int latent, int bits, int width) => new()
    {
        Channels = 3,
        Levels = levels,
        LatentChannels = latent,
        LatentBits = bits,
        DecoderWidth = width,
        LightweightEncoder = true,
    };

    private sealed class Fixed(Dictionary<string, Tensor> tensors) : IWeightSource
    {
        public Tensor Take(string name, long[] shape) => tensors[name].alias();

        public void Keep(Tensor tensor)
        {
        }
    }
}
