using CsCheck;

namespace Codecs.EntropyCoding.Tests.Tables;

public sealed class FrequencyQuantizerTests
{
    [Fact]
    public void FrequenciesSumToThePowerAndNoneIsZero()
    {
        Gen.Select(Gen.ULong[0, ulong.MaxValue / 300].Array[2, 256], Gen.Int[8, 16]).Where((w, _) => w.Any(x => x > 0)).Sample(
            (weights, precision) =>
            {
                int[] frequencies = new int[weights.Length];
                FrequencyQuantizer.Quantize(weights, precision, frequencies);
                return frequencies.Sum() == 1 << precision && frequencies.All(f => f >= 1);
            },
            iter: 500);
    }

    [Fact]
    public void NoSingleMoveOfACountWouldHelpUpToSecondOrder()
    {
        // p_i / (2 f_i + 1) <= p_j / (2 f_j - 1) for every f_j > 1, as long as no symbol had to be raised to one count: the rule does not come
        // back to such floors (tables of few bits lose a little by that), and the shipped tables are made so.
        Gen.Select(Gen.ULong[1000, 10_000].Array[2, 12], Gen.Int[7, 10]).Sample(
            (weights, precision) =>
            {
                int[] frequencies = new int[weights.Length];
                FrequencyQuantizer.Quantize(weights, precision, frequencies);
                double best = Loss(weights, frequencies);
                for (int i = 0; i < weights.Length; i++)
                {
                    for (int j = 0; j < weights.Length; j++)
                    {
                        if (i != j && frequencies[j] > 1)
                        {
                            frequencies[i]++;
                            frequencies[j]--;
                            double other = Loss(weights, frequencies);
                            frequencies[i]--;
                            frequencies[j]++;

                            // The second-order rule may differ from the logarithm by little, and only for small counts.
                            if (other < best - 0.02)
                            {
                                return false;
                            }
                        }
                    }
                }

                return true;
            },
            iter: 5000);
    }

    [Fact]
    public void TiesGoToTheLowerIndex()
    {
        int[] frequencies = new int[3];
        FrequencyQuantizer.Quantize([1, 1, 1], 4, frequencies);
        Assert.Equal([6, 5, 5], frequencies);
        FrequencyQuantizer.Quantize([0, 8, 8], 4, frequencies);
        Assert.Equal([1, 7, 8], frequencies);
    }

    [Theory]
    [InlineData(0.5, 12, 0.2)]
    [InlineData(3, 12, 0.2)]
    [InlineData(20, 12, 0.7)]
    [InlineData(0.5, 16, 0.015)]
    [InlineData(3, 16, 0.015)]
    [InlineData(20, 16, 0.04)]
    public void TheLossOnGaussiansIsThatOfTheDesign(double sigma, int precision, double percent)
    {
        int half = (int)Math.Ceiling(6.1094 * sigma);
        double[] p = [.. Enumerable.Range(-half, 2 * half + 1).Select(v => Math.Exp(-v * v / (2 * sigma * sigma)))];
        double sum = p.Sum();
        ulong[] weights = [.. p.Select(x => (ulong)(x / sum * (1L << 60)))];
        int[] frequencies = new int[p.Length];
        FrequencyQuantizer.Quantize(weights, precision, frequencies);
        double entropy = p.Where(x => x > 0).Sum(x => -x / sum * Math.Log2(x / sum));
        Assert.InRange(100 * Loss(weights, frequencies) / entropy, 0, percent);
    }

    // Kullback-Leibler divergence in bits.
    private static double Loss(ulong[] weights, int[] frequencies)
    {
        double sum = weights.Sum(w => (double)w);
        double total = frequencies.Sum();
        double loss = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            loss += weights[i] == 0 ? 0 : weights[i] / sum * Math.Log2(weights[i] / sum / (frequencies[i] / total));
        }

        return loss;
    }
}
