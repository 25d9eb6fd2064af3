using Codecs.Models.IndexMaps;

namespace Codecs.Models.Vqgan;

/// <summary>Chooses an index for each vector: squared distance plus lambda times the bits it is going to cost, site after site.</summary>
/// <remarks>Entropy-constrained vector quantisation (Chou, Lookabaugh and Gray, 1989), with the conditional model of the coder itself. Not thread-safe.</remarks>
/// <param name="codebook">The codes.</param>
/// <param name="model">Says what indices cost.</param>
internal sealed class VqxQuantizer(VqxCodebook codebook, ExactMapModel model)
{
    private readonly MapCosts _costs = new(model);
    private readonly float[] _distances = new float[VqxShape.Codes];

    /// <summary>The map of a picture's vectors.</summary>
    /// <param name="vectors">[rows, columns, <see cref="VqxShape.Dimensions"/>].</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="lambda">What a bit is worth; 0 takes the nearest codes.</param>
    /// <param name="progress">Told the rows done; may throw to stop.</param>
    internal IndexMap Quantize(ReadOnlySpan<float> vectors, int rows, int columns, int bits, float lambda, Action<int>? progress = null)
    {
        ushort[] map = new ushort[rows * columns];
        Span<float> distances = _distances.AsSpan(0, 1 << bits);
        _costs.Begin(rows, columns, bits);
        for (int site = 0; site < map.Length; site++)
        {
            if (site % columns == 0)
            {
                progress?.Invoke(site / columns);
            }

            codebook.Distances(vectors.Slice(site * VqxShape.Dimensions, VqxShape.Dimensions), bits, distances);
            map[site] = (ushort)(lambda > 0 ? Cheapest(distances, site, map, lambda) : Nearest(distances));
        }

        return new IndexMap(rows, columns, bits, map);
    }

    private static int Nearest(ReadOnlySpan<float> distances)
    {
        int best = 0;
        for (int i = 1; i < distances.Length; i++)
        {
            best = distances[i] < distances[best] ? i : best;
        }

        return best;
    }

    private int Cheapest(ReadOnlySpan<float> distances, int site, ReadOnlySpan<ushort> map, float lambda)
    {
        _costs.At(site, map);
        int best = Nearest(distances);
        float least = distances[best] + (lambda * _costs.Bits(best));
        for (int i = 0; i < distances.Length; i++)
        {
            // No code costs less than nothing: most are out by their distance alone.
            if (distances[i] < least && distances[i] + (lambda * _costs.Bits(i)) is var cost && cost < least)
            {
                (least, best) = (cost, i);
            }
        }

        return best;
    }
}
