using Codecs.Models.Vqgan;
using CsCheck;

namespace Codecs.Models.Tests.Vqgan;

public sealed class VqxCodebookTests
{
    private static readonly Lazy<VqxCodebook> s_codebook = new(() => new VqxCodebook(RandomVqx.Weights));

    [Fact]
    public void DistancesAreThoseOfAPlainLoop() => Gen.Select(Gen.Int[VqxShape.FewestBits, VqxShape.Depth], Gen.Int).Sample((bits, seed) =>
    {
        float[] vector = RandomVqx.Vectors(1, seed), distances = new float[1 << bits];
        s_codebook.Value.Distances(vector, bits, distances);
        for (int index = 0; index < distances.Length; index++)
        {
            ReadOnlySpan<float> code = s_codebook.Value.Vector(bits, index);
            double sum = 0;
            for (int d = 0; d < VqxShape.Dimensions; d++)
            {
                sum += Math.Pow(vector[d] - (double)code[d], 2);
            }

            Assert.Equal(sum, distances[index], 1e-5 * (1 + sum));
        }
    }, iter: 20);

    [Fact]
    public void VectorsAreTheRowsOfTheTreeAtTheirDepth()
    {
        Assert.True(RandomVqx.Weights.TryGet(VqxCodebook.Tensor, out Formats.Weights.SafetensorsTensor? tensor));
        float[] nodes = tensor.ToFloats();
        foreach ((int bits, int index) in ((int, int)[])[(0, 0), (3, 0), (3, 7), (8, 100), (12, 4095)])
        {
            Assert.Equal(nodes.AsSpan(((1 << bits) + index) * VqxShape.Dimensions, VqxShape.Dimensions), s_codebook.Value.Vector(bits, index));
        }
    }

    [Fact]
    public void ACodeIsAtNoDistanceFromItself()
    {
        float[] distances = new float[256];
        s_codebook.Value.Distances(s_codebook.Value.Vector(8, 77), 8, distances);
        Assert.Equal(0, distances[77]);
        Assert.Equal(77, Array.IndexOf(distances, distances.Min()));
    }
}
