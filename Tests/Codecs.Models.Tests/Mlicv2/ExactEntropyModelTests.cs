using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Mlicv2;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Mlicv2;

/// <summary>The integer entropy path against its float twin and against itself, with random weights.</summary>
public sealed class ExactEntropyModelTests
{
    private const int Rows = 8, Columns = 12, Rate = 101;
    private static readonly Lazy<(L20Network Network, ExactEntropyModel Exact)> s_models = new(() =>
    {
        (L20Network network, L20Weights weights) = RandomModel.Create(seed: 5);
        return (network, weights.CreateEntropyModel());
    });

    [Fact]
    public void TheIntegerPathFollowsTheFloatNetwork()
    {
        (L20Network network, ExactEntropyModel exact) = s_models.Value;
        (float[] latent, short[] hyper) = RandomModel.Latents(Rows, Columns, seed: 1);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor y = tensor(latent, [1, Rows, Columns, L20Config.LatentChannels]);
        Tensor z = tensor(Array.ConvertAll(hyper, s => (float)s), [1, Rows / 4, Columns / 4, L20Config.HyperChannels]) + network.z_mean;
        Tensor start = network.h_s.forward(z) + network.Vectors(tensor(new[] { (float)Rate })).Embedding;
        (Tensor rounded, Tensor _, Tensor _) = network.context.Forward(y, start);
        float[] expected = rounded.contiguous().data<float>().ToArray();

        using var coder = new LatentEncoder(latent, hyper, Columns, exact.Tables);
        float[] actual = exact.Run(Rows, Columns, Rate, coder, threads: 2);

        int far = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // Means are stored in 1/64 and a value near a rounding boundary may fall to the other side: then it is one step away.
            far += Math.Abs(expected[i] - (actual[i])) > 0.05 ? 1 : 0;
        }

        Assert.InRange(far, 0, expected.Length / 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void ADecoderGetsWhatTheEncoderHadForAnyNumberOfThreads(int threads)
    {
        ExactEntropyModel exact = s_models.Value.Exact;
        (float[] latent, short[] hyper) = RandomModel.Latents(Rows, Columns, seed: 2);
        using var encoder = new LatentEncoder(latent, hyper, Columns, exact.Tables);
        float[] encoded = exact.Run(Rows, Columns, Rate, encoder, threads: 1);
        var payload = new ArrayBufferWriter<byte>();
        encoder.Finish([1, 2, 3], CheckMode.Check31, payload);

        var decoder = new LatentDecoder(payload.WrittenMemory, exact.Tables, CheckMode.Check31, offset: 0);
        float[] decoded = exact.Run(Rows, Columns, Rate, decoder, threads);
        decoder.Finish([1, 2, 3]);

        Assert.Equal(encoded, decoded);
        Assert.Equal(hyper, decoder.Hyper);
        Assert.InRange(payload.WrittenCount * 8, encoder.EstimatedBits, (encoder.EstimatedBits * 1.001) + 40);
    }

    [Fact]
    public void AnotherHeaderFailsTheContentCheck()
    {
        ExactEntropyModel exact = s_models.Value.Exact;
        (float[] latent, short[] hyper) = RandomModel.Latents(Rows, Columns, seed: 3);
        using var encoder = new LatentEncoder(latent, hyper, Columns, exact.Tables);
        exact.Run(Rows, Columns, Rate, encoder, threads: 1);
        var payload = new ArrayBufferWriter<byte>();
        encoder.Finish([1], CheckMode.Check31, payload);

        var decoder = new LatentDecoder(payload.WrittenMemory, exact.Tables, CheckMode.Check31, offset: 0);
        exact.Run(Rows, Columns, Rate, decoder, threads: 1);

        Assert.Throws<InvalidBitstreamException>(() => decoder.Finish([2]));
    }
}
