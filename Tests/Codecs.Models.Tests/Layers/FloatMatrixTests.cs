using Codecs.Models.Layers;
using Codecs.Models.Tests.Wavelets;
using CsCheck;

namespace Codecs.Models.Tests.Layers;

public sealed class FloatMatrixTests
{
    [Theory]
    [InlineData(96, 96)]
    [InlineData(96, 16)]
    [InlineData(192, 96)]
    [InlineData(48, 16)]
    [InlineData(7, 1)]
    public void EveryCodePathIsTheNaiveProduct(int outputs, int group) => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 16], Gen.Int).Sample((inputs, vectors, seed) =>
    {
        float[] weight = Signals.Random(outputs * inputs, seed), bias = Signals.Random(outputs, seed + 1), panel = Signals.Random(inputs * Panel.Lanes, seed + 2);
        int stride = outputs + 3;
        float[] actual = new float[16 * stride];
        Array.Fill(actual, 7);
        new FloatMatrix(weight, bias, group).Apply(panel, vectors, actual, stride);
        for (int v = 0; v < 16; v++)
        {
            for (int o = 0; o < stride; o++)
            {
                double expected = 7; // what is not asked for stays
                if (v < vectors && o < outputs)
                {
                    expected = bias[o];
                    for (int i = 0; i < inputs; i++)
                    {
                        expected += (double)weight[(o * inputs) + i] * panel[(i * Panel.Lanes) + v];
                    }
                }

                Assert.Equal(expected, actual[(v * stride) + o], 1e-5);
            }
        }
    }, iter: 20);

    [Fact]
    public void TranspositionInVectorsIsTheScalarOne()
    {
        float[] source = Signals.Random(4000, seed: 1), fast = new float[4000], plain = new float[4000];
        int[] from = [.. Enumerable.Range(0, 16).Select(i => i * 37)], to = [.. Enumerable.Range(0, 16).Select(i => (15 - i) * 23)];
        Panel.Transpose(source, from, fast, to);
        Panel.TransposeScalar(source, from, plain, to);
        Assert.Equal(plain, fast);
        Assert.Equal(source[(5 * 37) + 9], fast[(6 * 23) + 5]);
    }
}
