using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>The code vectors: nearest by squared Euclidean distance, the lower index when two are equally near.</summary>
/// <remarks>Names: <c>embedding.weight</c> [codes, dimensions].</remarks>
internal sealed class VectorQuantizer
{
    // Distances in memory at a time: 64 MB of floats.
    private const int UsualDistances = 1 << 24;

    private readonly Tensor _halfNorms;

    internal VectorQuantizer(WeightScope weights, int codes, int dimensions)
    {
        Vectors = weights.Keep(weights.Take("embedding.weight", codes, dimensions));
        using Tensor squares = Vectors.square();
        using Tensor norms = squares.sum(1);
        _halfNorms = weights.Keep(norms.mul(0.5));
    }

    /// <summary>[codes, dimensions].</summary>
    internal Tensor Vectors { get; }

    /// <param name="z">[positions, dimensions].</param>
    /// <param name="distances">How many to compute at a time; the result does not depend on it.</param>
    /// <returns>Indices [positions], int64.</returns>
    internal Tensor Nearest(Tensor z, int distances = UsualDistances)
    {
        using var scope = NewDisposeScope();
        Tensor transposed = Vectors.t();
        List<Tensor> parts = [];
        long positions = z.shape[0], chunk = Math.Max(1, distances / Vectors.shape[0]);
        for (long first = 0; first < positions; first += chunk)
        {
            // |z - e|² = |z|² - 2(z·e - |e|²/2).
            using Tensor some = z.narrow(0, first, Math.Min(chunk, positions - first));
            using Tensor closeness = addmm(_halfNorms, some, transposed, beta: -1, alpha: 1);
            parts.Add(closeness.argmax(1));
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <param name="indices">[positions], int64, each below the number of codes.</param>
    /// <returns>[positions, dimensions].</returns>
    internal Tensor Look(Tensor indices) => Vectors.index_select(0, indices);
}
