using static TorchSharp.torch;

namespace Codecs.Models.Codebooks;

/// <summary>Search for the nearest of some vectors by squared Euclidean distance, the lower index when two are equally near.</summary>
internal static class NearestVectors
{
    /// <summary>Distances in memory at a time: 64 MB of floats.</summary>
    internal const int UsualDistances = 1 << 24;

    /// <summary>|e|²/2 of each vector, which a search needs.</summary>
    /// <param name="vectors">[codes, dimensions].</param>
    internal static Tensor HalfNorms(Tensor vectors)
    {
        using Tensor squares = vectors.square();
        using Tensor norms = squares.sum(1);
        return norms.mul(0.5);
    }

    /// <summary>Searches for many at once, some at a time.</summary>
    /// <param name="z">What to search for, [n, dimensions].</param>
    /// <param name="vectors">[codes, dimensions].</param>
    /// <param name="halfNorms">From <see cref="HalfNorms"/>.</param>
    /// <param name="distances">How many to compute at a time; the result does not depend on it.</param>
    /// <returns>Indices [n], int64, and closeness z·e - |e|²/2 [n], from which the squared distance is |z|² - 2·closeness.</returns>
    internal static (Tensor Indices, Tensor Closeness) Find(Tensor z, Tensor vectors, Tensor halfNorms, int distances = UsualDistances)
    {
        using var scope = NewDisposeScope();
        Tensor transposed = vectors.t();
        List<Tensor> indices = [], closeness = [];
        long count = z.shape[0], chunk = Math.Max(1, distances / vectors.shape[0]);
        for (long first = 0; first < count; first += chunk)
        {
            using Tensor some = z.narrow(0, first, Math.Min(chunk, count - first));
            using Tensor all = addmm(halfNorms, some, transposed, beta: -1, alpha: 1);
            (Tensor values, Tensor places) = all.max(1);
            indices.Add(places);
            closeness.Add(values);
        }

        return (cat(indices).MoveToOuterDisposeScope(), cat(closeness).MoveToOuterDisposeScope());
    }
}
