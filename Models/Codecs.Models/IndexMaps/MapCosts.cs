using Codecs.Models.Codebooks;

namespace Codecs.Models.IndexMaps;

/// <summary>What indices would cost at a site of a map that is being chosen: the predictor alone, without what contexts learn on the way. For the encoder's decisions. Not thread-safe.</summary>
/// <remarks>Candidates that share the first part of their paths share its work.</remarks>
internal sealed class MapCosts
{
    private const int LogitSpan = 1 << 11;

    // A mixed bit has 16/4096 to 4080/4096 for a probability.
    private const double LeastProbability = 1.0 / 256;

    private static readonly float[] s_costs = MakeCosts();
    private readonly MapPredictor _predictor;
    private readonly short[] _hidden = new short[MapShape.Hidden];
    private readonly float[] _bits = new float[MapShape.Nodes]; // of the path to a node
    private readonly int[] _known = new int[MapShape.Nodes]; // the visit that told them
    private int _columns, _depth, _sites, _visit;

    /// <param name="model">The model.</param>
    internal MapCosts(ExactMapModel model) => _predictor = model.Predictor;

    /// <summary>Begins a map.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="bits">Bits of its indices, 1..<see cref="MapShape.Bits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    internal void Begin(int rows, int columns, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MapShape.Bits);
        (_sites, _columns, _depth) = (IndexMap.SitesOf(rows, columns, bits), columns, bits);
    }

    /// <summary>Goes to a site.</summary>
    /// <param name="site">Row · columns + column.</param>
    /// <param name="map">The indices [rows, columns]; those before the site are chosen, the others do not matter.</param>
    /// <exception cref="ArgumentException">The map has another size, or there is no such site.</exception>
    internal void At(int site, ReadOnlySpan<ushort> map)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)site, (uint)_sites, nameof(site));
        if (map.Length != _sites)
        {
            throw new ArgumentException($"{map.Length} indices for a map of {_sites} sites.", nameof(map));
        }

        _predictor.Observe(map, _columns, _depth, site, _hidden);
        _known[1] = ++_visit;
    }

    /// <summary>Bits of an index at the site.</summary>
    /// <param name="index">Below 2^bits.</param>
    internal float Bits(int index) => BitsTo((1 << _depth) + index);

    private float BitsTo(int node)
    {
        if (_known[node] != _visit)
        {
            // Both children at once: they share the logit.
            int parent = node >> 1, first = node & ~1;
            float before = BitsTo(parent);
            int logit = _predictor.Logit(parent, _hidden);
            _bits[first] = before + s_costs[LogitSpan + logit];
            _bits[first + 1] = before + s_costs[LogitSpan - logit];
            (_known[first], _known[first + 1]) = (_visit, _visit);
        }

        return _bits[node];
    }

    // Bits of a 0 for every logit.
    private static float[] MakeCosts()
    {
        float[] costs = new float[2 * LogitSpan];
        for (int i = 0; i < costs.Length; i++)
        {
            double probability = 1 / (1 + Math.Exp(-Math.ScaleB(i - LogitSpan, -NodeLogits.FractionBits)));
            costs[i] = (float)-Math.Log2(Math.Clamp(probability, LeastProbability, 1 - LeastProbability));
        }

        return costs;
    }
}
