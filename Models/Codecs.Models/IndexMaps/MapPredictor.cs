using Codecs.Models.Codebooks;
using Codecs.Models.Exact;

namespace Codecs.Models.IndexMaps;

/// <summary>The trained part of the map model in integers: from the known sites around one to the probability of every bit of its index. Immutable.</summary>
/// <remarks>
/// Every node of the codebook's tree, leaf or not, has a vector of <see cref="MapShape.Embedding"/> small integers, so that a vector also tells how many bits the map's indices have. Those of the
/// neighbours, one after the other, go through one layer; its result times the vector of a node is the logit of that node's bit.
/// </remarks>
internal sealed class MapPredictor
{
    private readonly short[] _embedding; // [node, Embedding]
    private readonly IntegerPointwise _hidden;
    private readonly NodeLogits _tree;

    /// <summary>Reads the predictor's tensors.</summary>
    /// <exception cref="ModelMismatchException">A tensor is missing, has another size, or its sums could overflow.</exception>
    internal MapPredictor(IntegerWeights weights)
    {
        _embedding = weights.SignedBytes("embedding", MapShape.Nodes * MapShape.Embedding);
        _hidden = weights.Pointwise("hidden", MapShape.Inputs, MapShape.Hidden, leaky: true);
        _tree = new NodeLogits(
            weights.SignedBytes("node", MapShape.InnerNodes * MapShape.Hidden), weights.Integers("node_bias", MapShape.InnerNodes), weights.Bytes("node_shift", 1)[0]);
    }

    /// <summary>The hidden units of a site.</summary>
    /// <param name="values">The map [rows, columns]; only what is before the site is read.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index of the map, at most <see cref="MapShape.Bits"/>.</param>
    /// <param name="site">The site, row · columns + column.</param>
    /// <param name="hidden">Receives <see cref="MapShape.Hidden"/> values.</param>
    internal void Observe(ReadOnlySpan<ushort> values, int columns, int bits, int site, Span<short> hidden)
    {
        Span<short> inputs = stackalloc short[MapShape.Inputs];
        (int row, int column) = Math.DivRem(site, columns);
        Span<short> to = inputs;
        foreach ((int down, int right) in MapShape.Neighbours)
        {
            bool isInside = row + down >= 0 && (uint)(column + right) < (uint)columns;
            int node = isInside ? (1 << bits) + values[site + (down * columns) + right] : 0;
            _embedding.AsSpan(node * MapShape.Embedding, MapShape.Embedding).CopyTo(to);
            to = to[MapShape.Embedding..];
        }

        _hidden.Apply(inputs, hidden);
    }

    /// <summary>256 ln(p / (1 - p)) for the probability p that a node's bit is 0, in ±2047.</summary>
    internal short Logit(int node, ReadOnlySpan<short> hidden) => _tree.At(node, hidden);
}
