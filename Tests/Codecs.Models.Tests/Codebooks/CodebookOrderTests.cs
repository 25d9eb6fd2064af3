using Codecs.Models.Codebooks;

namespace Codecs.Models.Tests.Codebooks;

public sealed class CodebookOrderTests
{
    [Fact]
    public void CodesOnALineAreSorted()
    {
        var random = new Random(1);
        float[] places = [.. Enumerable.Range(0, 256).Select(_ => (float)random.NextDouble())];
        float[] vectors = [.. places.SelectMany(p => new[] { 3 * p, -p, 0.5f * p })];
        int[] order = CodebookOrder.Of(vectors, 3);
        Assert.Equal(Enumerable.Range(0, 256), order.Order());
        float[] sorted = [.. order.Select(o => places[o])];
        Assert.True(sorted.SequenceEqual(places.Order()) || sorted.SequenceEqual(places.OrderDescending()));
    }

    [Fact]
    public void EveryLevelHalvesTheSpread()
    {
        // Codes under one node are nearer to each other than codes in any order.
        const int codes = 1024, dimensions = 3;
        var random = new Random(2);
        float[] vectors = [.. Enumerable.Range(0, codes * dimensions).Select(_ => (float)random.NextDouble())];
        int[] order = CodebookOrder.Of(vectors, dimensions);
        double before = Within(codes);
        for (int group = codes / 8; group > 1; group /= 8)
        {
            double spread = Within(group);
            Assert.InRange(spread, 0, before / 2.5); // three halvings of three dimensions: a quarter of the variance
            before = spread;
        }

        double Within(int group)
        {
            double sum = 0;
            for (int first = 0; first < codes; first += group)
            {
                for (int d = 0; d < dimensions; d++)
                {
                    double[] values = [.. order.AsSpan(first, group).ToArray().Select(o => (double)vectors[(o * dimensions) + d])];
                    double mean = values.Average();
                    sum += values.Sum(v => (v - mean) * (v - mean));
                }
            }

            return sum;
        }
    }

    [Fact]
    public void EqualCodesAreOrderedToo()
    {
        int[] order = CodebookOrder.Of(new float[64 * 4], 4);
        Assert.Equal(Enumerable.Range(0, 64), order.Order());
    }

    [Fact]
    public void AnotherNumberOfCodesIsRefused() => Assert.Throws<ArgumentException>(() => CodebookOrder.Of(new float[9], 3));
}
