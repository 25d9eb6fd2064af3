using static TorchSharp.torch;

namespace Codecs.Models.Codebooks;

/// <summary>K-means: a few vectors that stand for many.</summary>
/// <remarks>
/// Lloyd 1982, begun by k-means++ (Arthur and Vassilvitskii 2007) on a sample of the vectors. A cluster that loses all its vectors begins anew at the vector that is
/// farthest from its own. Ends when the mean squared distance falls by less than a ten-thousandth. The same seed gives the same clusters on one machine.
/// </remarks>
internal static class VectorClusters
{
    private const int MaxRounds = 100, SeedsPerCluster = 32;
    private const double LeastGain = 1e-4;
    private const long BytesPerRound = 64 << 20;

    /// <summary>Finds the clusters.</summary>
    /// <param name="vectors">[n, dimensions], finite.</param>
    /// <param name="dimensions">Elements of a vector.</param>
    /// <param name="clusters">How many to find, at most n.</param>
    /// <param name="seed">Seed of the first choice.</param>
    /// <param name="progress">Rounds done, of at most how many.</param>
    /// <param name="cancellation">Checked between rounds.</param>
    /// <returns>Their means [clusters, dimensions].</returns>
    internal static float[] Find(float[] vectors, int dimensions, int clusters, int seed, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        int count = vectors.Length / dimensions;
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, count);
        NativeBackend.EnsureLoaded();
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor all = tensor(vectors, [count, dimensions]);
        Tensor norms = all.square().sum(1);
        Tensor means = Begin(all, norms, clusters, new Random(seed), cancellation);
        double before = double.PositiveInfinity;
        for (int round = 0; round < MaxRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(round, MaxRounds);
            using var pause = CollectionPause.Start(BytesPerRound);
            double distance = Improve(all, norms, means);
            if (!(distance < before * (1 - LeastGain)))
            {
                break;
            }

            before = distance;
        }

        progress?.Invoke(MaxRounds, MaxRounds);
        return means.data<float>().ToArray();
    }

    // One round; returns the mean squared distance before it.
    private static double Improve(Tensor all, Tensor norms, Tensor means)
    {
        using var scope = NewDisposeScope();
        long clusters = means.shape[0];
        (Tensor indices, Tensor closeness) = NearestVectors.Find(all, means, NearestVectors.HalfNorms(means));
        Tensor distances = (norms - closeness.mul(2)).clamp_min(0);
        Tensor counts = bincount(indices, null, clusters);
        Tensor sums = zeros_like(means).index_add_(0, indices, all, 1);
        means.copy_(sums / counts.clamp_min(1).unsqueeze(1));

        Tensor empty = counts.eq(0).nonzero().flatten();
        if (empty.shape[0] > 0)
        {
            (_, Tensor farthest) = distances.topk((int)empty.shape[0]);
            means.index_copy_(0, empty, all.index_select(0, farthest));
        }

        return distances.to(ScalarType.Float64).mean().item<double>();
    }

    // k-means++: each next vector with a probability that grows with the squared distance to those already chosen.
    private static Tensor Begin(Tensor all, Tensor norms, int clusters, Random random, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        int sampled = (int)Math.Min(all.shape[0], (long)SeedsPerCluster * clusters);
        long[] places = [.. Enumerable.Range(0, (int)all.shape[0]).Select(i => (long)i)];
        random.Shuffle(places);
        Tensor sample = all.index_select(0, tensor(places[..sampled]));
        float[] squares = norms.index_select(0, tensor(places[..sampled])).data<float>().ToArray();
        double[] nearest = new double[sampled];
        Array.Fill(nearest, double.PositiveInfinity);
        long[] chosen = new long[clusters];
        int last = 0;
        for (int k = 0; k < clusters; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            chosen[k] = last;
            using (CollectionPause.Start(BytesPerRound))
            using (Tensor vector = sample[last])
            using (Tensor products = sample.mv(vector))
            {
                Shorten(nearest, squares, products.data<float>().ToArray(), squares[last]);
            }

            nearest[last] = 0;
            last = Draw(nearest, random);
        }

        return sample.index_select(0, tensor(chosen)).MoveToOuterDisposeScope();
    }

    private static void Shorten(double[] nearest, float[] squares, float[] products, double square)
    {
        for (int i = 0; i < nearest.Length; i++)
        {
            nearest[i] = Math.Min(nearest[i], Math.Max(0, squares[i] - (2.0 * products[i]) + square));
        }
    }

    private static int Draw(double[] weights, Random random)
    {
        double left = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return random.Next(weights.Length); // all vectors are chosen ones already
    }
}
