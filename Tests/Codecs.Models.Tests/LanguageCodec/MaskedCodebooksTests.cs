using Codecs.Models.LanguageCodec;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec;

public sealed class MaskedCodebooksTests
{
    private const int Vectors = 1500;

    [Fact]
    public void TheFirstThreeStayInTheirThirds()
    {
        using var scope = NewDisposeScope();
        (MaskedCodebooks codebooks, Tensor z) = Started();
        for (int step = 0; step < 3; step++)
        {
            for (int q = 0; q < SpeechShape.FewestCodebooks; q++)
            {
                (int start, int end) = SpeechShape.PartOf(q);
                Tensor book = codebooks.embed[q];
                Assert.True(book.narrow(1, start, end - start).abs().sum(1).min().item<float>() > 0);
                Assert.Equal(0, book.narrow(1, 0, start).abs().sum().item<float>());
                Assert.Equal(0, book.narrow(1, end, SpeechShape.Latent - end).abs().sum().item<float>());
            }

            codebooks.Quantize(z, decay: 0.9);
        }
    }

    [Fact]
    public void EachSumIsTheSumOfThatManyCodeVectors()
    {
        using var scope = NewDisposeScope();
        (MaskedCodebooks codebooks, Tensor z) = Started();
        Tensor before = codebooks.embed.clone();

        (Tensor indices, Tensor[] sums) = codebooks.Quantize(z);

        Assert.True(codebooks.embed.Equals(before), "quantising alone must not change the codebooks");
        Assert.Equal([Vectors, SpeechShape.Codebooks], indices.shape);
        Assert.Equal(SpeechShape.Codebooks - SpeechShape.FewestCodebooks + 1, sums.Length);
        Tensor total = zeros_like(z);
        double error = z.square().sum().item<float>();
        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            total = total + codebooks.embed[q].index_select(0, indices.select(1, q));
            if (q >= SpeechShape.FewestCodebooks - 1)
            {
                Tensor sum = sums[q - SpeechShape.FewestCodebooks + 1];
                Assert.InRange((sum - total).abs().max().item<float>(), 0, 1e-5);
                double left = (z - sum).square().sum().item<float>();
                Assert.InRange(left, 0, error);
                error = left;
            }
        }
    }

    [Fact]
    public void DeadCodesComeBackAndStay()
    {
        const int killed = 256, first = SpeechShape.FewestCodebooks;
        using var scope = NewDisposeScope();
        (MaskedCodebooks codebooks, Tensor z) = Started();
        foreach (int q in (int[])[0, first])
        {
            (int start, int end) = SpeechShape.PartOf(q);
            codebooks.embed[q].narrow(0, 0, killed).narrow(1, start, end - start).fill_(1000);
            codebooks.count[q].narrow(0, 0, killed).zero_();
            codebooks.sum[q].narrow(0, 0, killed).zero_();
        }

        Assert.Equal(0, Used(codebooks, z, 0));
        codebooks.Quantize(z, decay: 0.9);
        int revived = Used(codebooks, z, 0), revivedLater = Used(codebooks, z, first);
        for (int step = 0; step < 20; step++)
        {
            codebooks.Quantize(z, decay: 0.9);
        }

        Assert.InRange(revived, killed / 2, killed);
        Assert.InRange(revivedLater, killed / 2, killed);
        Assert.InRange(Used(codebooks, z, 0), killed * 3 / 4, killed);
        Assert.InRange(Used(codebooks, z, first), killed * 3 / 4, killed);
        Assert.InRange(codebooks.embed.abs().max().item<float>(), 0, 10);

        int Used(MaskedCodebooks books, Tensor vectors, int q) =>
            books.Quantize(vectors).Indices.select(1, q).data<long>().Where(i => i < killed).Distinct().Count();
    }

    [Fact]
    public void TheCodebooksFollowTheLatents()
    {
        using var scope = NewDisposeScope();
        (MaskedCodebooks codebooks, Tensor z) = Started();
        Tensor moved = (z * 1.5) + 0.4;
        double before = Error();
        for (int step = 0; step < 20; step++)
        {
            codebooks.Quantize(moved, decay: 0.8);
        }

        Assert.InRange(Error(), 0, before * 0.8);

        double Error() => (moved - codebooks.Quantize(moved).Sums[^1]).square().mean().item<float>();
    }

    private static (MaskedCodebooks Codebooks, Tensor Latents) Started()
    {
        random.manual_seed(1);
        var codebooks = new MaskedCodebooks();
        Tensor z = randn(Vectors, SpeechShape.Latent);
        codebooks.Start(z);
        return (codebooks, z);
    }
}
