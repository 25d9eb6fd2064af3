using Codecs.Models.Codebooks;
using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan.Faithful.Networks;

/// <summary>The code vectors: nearest by squared Euclidean distance, the lower index when two are equally near.</summary>
/// <remarks>Names: <c>embedding.weight</c> [codes, dimensions].</remarks>
internal sealed class VectorQuantizer
{
    private readonly Tensor _vectors;
    private readonly Tensor _halfNorms;

    internal VectorQuantizer(WeightScope weights, int codes, int dimensions)
    {
        _vectors = weights.Keep(weights.Take("embedding.weight", codes, dimensions));
        _halfNorms = weights.Keep(NearestVectors.HalfNorms(_vectors));
    }

    /// <param name="z">[positions, dimensions].</param>
    /// <param name="distances">How many to compute at a time; the result does not depend on it.</param>
    /// <returns>Indices [positions], int64.</returns>
    internal Tensor Nearest(Tensor z, int distances = NearestVectors.UsualDistances)
    {
        (Tensor indices, Tensor closeness) = NearestVectors.Find(z, _vectors, _halfNorms, distances);
        closeness.Dispose();
        return indices;
    }

    /// <param name="indices">[positions], int64, each below the number of codes.</param>
    /// <returns>[positions, dimensions].</returns>
    internal Tensor Look(Tensor indices) => _vectors.index_select(0, indices);
}
