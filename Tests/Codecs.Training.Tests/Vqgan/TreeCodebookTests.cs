using Codecs.Training.Vqgan;

namespace Codecs.Training.Tests.Vqgan;

public sealed class TreeCodebookTests
{
    private const int Dimensions = 3, Depth = 5;

    [Fact]
    public void EachNodeIsTheMeanOfTheVectorsBelowIt()
    {
        float[] vectors = Clouds(count: 3000, seed: 1), nodes = Build(vectors);
        for (int level = 0; level <= Depth; level++)
        {
            double[] sums = new double[(2 << Depth) * Dimensions];
            int[] members = new int[2 << Depth];
            for (int i = 0; i < vectors.Length / Dimensions; i++)
            {
                int node = Descend(vectors, i, nodes, level);
                members[node]++;
                for (int d = 0; d < Dimensions; d++)
                {
                    sums[(node * Dimensions) + d] += vectors[(i * Dimensions) + d];
                }
            }

            // The last assignment of the two-means may still move a few vectors across a border.
            for (int node = 1 << level; node < 2 << level; node++)
            {
                Assert.InRange(members[node], 1, 3000);
                for (int d = 0; d < Dimensions; d++)
                {
                    Assert.Equal(sums[(node * Dimensions) + d] / members[node], nodes[(node * Dimensions) + d], 0.15);
                }
            }
        }
    }

    [Fact]
    public void TheRootIsTheMeanOfAll()
    {
        float[] vectors = Clouds(count: 500, seed: 2), nodes = Build(vectors);
        for (int d = 0; d < Dimensions; d++)
        {
            Assert.Equal(vectors.Where((_, i) => i % Dimensions == d).Average(), nodes[Dimensions + d], 1e-4f);
        }
    }

    [Fact]
    public void DeeperIsNeverWorseAndFindsTheClouds()
    {
        float[] vectors = Clouds(count: 2000, seed: 3), nodes = Build(vectors);
        double before = double.PositiveInfinity;
        for (int level = 0; level <= Depth; level++)
        {
            double distortion = Enumerable.Range(0, 2000).Average(i => Distance(vectors, i, nodes, Descend(vectors, i, nodes, level)));
            Assert.True(distortion <= before, $"depth {level}: {distortion} after {before}");
            before = distortion;
        }

        // Eight clouds of a spread of 0.1 about corners that are 4 apart.
        Assert.InRange(before, 0, Dimensions * 0.1 * 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void FewerVectorsThanLeavesAreAllFound(int count)
    {
        float[] vectors = Clouds(count, seed: 4), nodes = Build(vectors);
        Assert.All(nodes, n => Assert.True(float.IsFinite(n)));
        for (int i = 0; i < count; i++)
        {
            Assert.InRange(Distance(vectors, i, nodes, Descend(vectors, i, nodes, Depth)), 0, 1e-5);
        }
    }

    [Fact]
    public void EqualVectorsMakeAWholeTree()
    {
        float[] vectors = [.. Enumerable.Repeat((float[])[1, -2, 0.5f], 100).SelectMany(v => v)], nodes = Build(vectors);
        for (int node = 1; node < 2 << Depth; node++)
        {
            Assert.InRange(Distance(vectors, 0, nodes, node), 0, 1e-4);
        }

        Assert.InRange(Distance(vectors, 0, nodes, Descend(vectors, 0, nodes, Depth)), 0, 1e-10);
    }

    private static float[] Build(float[] vectors) => TreeCodebook.Build(vectors, Dimensions, Depth, new Random(1));

    // The node at a depth that a vector reaches, the nearer child each time.
    private static int Descend(float[] vectors, int i, float[] nodes, int level)
    {
        int node = 1;
        for (int l = 0; l < level; l++)
        {
            node = Distance(vectors, i, nodes, 2 * node) <= Distance(vectors, i, nodes, (2 * node) + 1) ? 2 * node : (2 * node) + 1;
        }

        return node;
    }

    private static double Distance(float[] vectors, int i, float[] nodes, int node) =>
        Enumerable.Range(0, Dimensions).Sum(d => Math.Pow(vectors[(i * Dimensions) + d] - (double)nodes[(node * Dimensions) + d], 2));

    private static float[] Clouds(int count, int seed)
    {
        var random = new Random(seed);
        float[] vectors = new float[count * Dimensions];
        for (int i = 0; i < count; i++)
        {
            int corner = random.Next(8);
            for (int d = 0; d < Dimensions; d++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                vectors[(i * Dimensions) + d] = (float)((((corner >> d) & 1) * 4) + (0.1 * normal));
            }
        }

        return vectors;
    }
}
