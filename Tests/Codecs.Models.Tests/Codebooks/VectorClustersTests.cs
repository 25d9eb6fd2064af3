using Codecs.Models.Codebooks;

namespace Codecs.Models.Tests.Codebooks;

public sealed class VectorClustersTests
{
    [Fact]
    public void HeapsThatLieApartAreFound()
    {
        const int heaps = 12;
        Random random = new(3);
        float[] vectors = [.. Enumerable.Range(0, 3000).SelectMany(i => Heap(i % heaps).Select(v => v + (float)(0.2 * random.NextDouble()) - 0.1f))];

        float[] means = VectorClusters.Find(vectors, 2, heaps, seed: 1);

        float[][] found = [.. means.Chunk(2)];
        for (int heap = 0; heap < heaps; heap++)
        {
            float[] centre = Heap(heap);
            Assert.Single(found, m => Math.Abs(m[0] - centre[0]) < 0.05 && Math.Abs(m[1] - centre[1]) < 0.05);
        }

        static float[] Heap(int i) => [i % 4 * 3, i / 4 * 5];
    }

    [Fact]
    public void MeansAreThoseOfTheVectorsNearestToThem()
    {
        const int clusters = 7, dimensions = 3;
        float[] vectors = Noise(2000, dimensions, 4);

        float[][] means = [.. VectorClusters.Find(vectors, dimensions, clusters, seed: 5).Chunk(dimensions)];

        ILookup<int, float[]> members = vectors.Chunk(dimensions).ToLookup(v => Nearest(means, v));
        for (int k = 0; k < clusters; k++)
        {
            Assert.NotEmpty(members[k]);

            // It ends when a round gains next to nothing, not when nothing moves.
            Assert.All(Enumerable.Range(0, dimensions), d => Assert.Equal(members[k].Average(v => v[d]), means[k][d], 0.05));
        }
    }

    [Fact]
    public void MoreClustersLieNearer()
    {
        float[] vectors = Noise(4000, 2, 6);
        double[] distances = [.. new[] { 4, 16, 64 }.Select(k => Distance(vectors, VectorClusters.Find(vectors, 2, k, seed: 1), 2))];

        // Two dimensions: four times as many clusters have a quarter of the squared distance.
        Assert.InRange(distances[0] / distances[1], 3.2, 4.8);
        Assert.InRange(distances[1] / distances[2], 3.2, 4.8);
    }

    [Fact]
    public void TheSameSeedGivesTheSameAndProgressComesToItsEnd()
    {
        float[] vectors = Noise(500, 4, 7);
        List<(int Done, int Total)> steps = [];

        float[] first = VectorClusters.Find(vectors, 4, 8, seed: 9, (done, total) => steps.Add((done, total)));

        Assert.Equal(first, VectorClusters.Find(vectors, 4, 8, seed: 9));
        Assert.NotEqual(first, VectorClusters.Find(vectors, 4, 8, seed: 10));
        Assert.Equal(steps[^1].Total, steps[^1].Done);
    }

    // Duplicates lose clusters, which must then go where vectors are left alone.
    [Fact]
    public void ClustersThatLoseTheirVectorsBeginAnew()
    {
        float[] vectors = [.. Enumerable.Repeat(0f, 900), .. Enumerable.Range(1, 10).Select(i => i * 10f)];

        float[] means = VectorClusters.Find(vectors, 1, 8, seed: 2);

        Assert.True(Distance(vectors, means, 1) * vectors.Length < 400, string.Join(' ', means.Order()));
        Assert.Equal(8, means.Distinct().Count());
    }

    [Fact]
    public void AsManyClustersAsVectorsAreTheVectors() => Assert.Equal(
        new[] { -2f, 0, 3, 8 }, VectorClusters.Find([8, 0, -2, 3], 1, 4, seed: 1).Order());

    [Fact]
    public void MoreClustersThanVectorsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorClusters.Find(new float[6], 3, 3, seed: 1));
        Assert.Throws<OperationCanceledException>(() => VectorClusters.Find(new float[6], 3, 2, seed: 1, cancellation: new CancellationToken(canceled: true)));
    }

    private static float[] Noise(int count, int dimensions, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count * dimensions).Select(_ => (float)random.NextDouble())];
    }

    private static double Distance(float[] vectors, float[] means, int dimensions)
    {
        float[][] centres = [.. means.Chunk(dimensions)];
        return vectors.Chunk(dimensions).Average(v => Squared(centres[Nearest(centres, v)], v));
    }

    private static int Nearest(float[][] means, float[] vector) => Enumerable.Range(0, means.Length).MinBy(k => Squared(means[k], vector));

    private static double Squared(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
}
