using Codecs.Models.LanguageCodec;
using Codecs.Models.Tests.Wavelets;

namespace Codecs.Models.Tests.LanguageCodec;

public sealed class SpeechQuantizerTests
{
    private const int Frames = 61, Latent = SpeechShape.Latent, Books = SpeechShape.Codebooks;
    private static readonly Lazy<SpeechCodebooks> s_codebooks = new(() => new SpeechCodebooks(SpeechFiles.FromIntegers()));
    private static readonly float[] s_latents = Signals.Random(Frames * Latent, seed: 1);

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void OneSurvivorIsTheNearestVectorOfEachCodebookInTurn(int codebooks)
    {
        short[] codes = new SpeechQuantizer(s_codebooks.Value, survivors: 1).Quantize(s_latents, codebooks);
        for (int t = 0; t < Frames; t++)
        {
            double[] left = Array.ConvertAll(s_latents.AsSpan(t * Latent, Latent).ToArray(), v => (double)v);
            for (int q = 0; q < Books; q++)
            {
                int code = codes[(t * Books) + q];
                if (q >= codebooks)
                {
                    Assert.Equal(SpeechShape.NoCode, code);
                    continue;
                }

                double nearest = Enumerable.Range(0, SpeechShape.CodebookSize).Min(k => Distance(left, q, k));
                Assert.InRange(Distance(left, q, code), nearest, nearest + 1e-4);
                ReadOnlySpan<float> vector = s_codebooks.Value.Vector(q, code);
                for (int i = 0; i < Latent; i++)
                {
                    left[i] -= vector[i];
                }
            }
        }
    }

    [Fact]
    public void MoreSurvivorsComeNearer()
    {
        for (int codebooks = SpeechShape.FewestCodebooks; codebooks <= Books; codebooks++)
        {
            double before = double.PositiveInfinity;
            foreach (int survivors in (int[])[1, 2, 4, 16])
            {
                double error = SquaredError(new SpeechQuantizer(s_codebooks.Value, survivors).Quantize(s_latents, codebooks));

                // The first three lie side by side: nothing is better than the nearest of each. The next sees what they left.
                Assert.InRange(error, 0, codebooks <= SpeechShape.FewestCodebooks ? before * (1 + 1e-6) : before * 0.999);
                before = error;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(32)]
    public void CodesDoNotDependOnTheFramesAround(int survivors)
    {
        var quantizer = new SpeechQuantizer(s_codebooks.Value, survivors);
        short[] together = quantizer.Quantize(s_latents, Books);
        foreach (int batch in (int[])[1, 7])
        {
            var apart = new List<short>();
            for (int t = 0; t < Frames; t += batch)
            {
                apart.AddRange(quantizer.Quantize(s_latents.AsSpan(t * Latent, Math.Min(batch, Frames - t) * Latent), Books));
            }

            Assert.Equal(together, apart);
        }
    }

    private static double Distance(double[] left, int codebook, int code)
    {
        ReadOnlySpan<float> vector = s_codebooks.Value.Vector(codebook, code);
        (int start, int end) = SpeechShape.PartOf(codebook);
        double sum = 0;
        for (int i = start; i < end; i++)
        {
            sum += (left[i] - vector[i]) * (left[i] - vector[i]);
        }

        return sum;
    }

    private static double SquaredError(short[] codes)
    {
        float[] sums = SpeechFiles.Vectors(s_codebooks.Value.Sum(codes));
        return s_latents.Zip(sums, (z, sum) => ((double)z - sum) * ((double)z - sum)).Sum();
    }
}
