using Codecs.EntropyCoding;
using Codecs.Models.Codebooks;

namespace Codecs.Models.IndexMaps;

/// <summary>Which adaptive contexts a bit of a map has: five at a time, from the known indices around it. Immutable.</summary>
/// <remarks>
/// <para>Node n of depth d (n = 1 at d = 0). share(x): the first bits that the path to n and the index at x have in common. next(x): where the index at x goes from n, 0 if it does not
/// come by (or x is outside the map), else 1 + its bit at d. P: prefix bits.</para>
/// <list type="number">
/// <item>n.</item>
/// <item>d below P: n and the node of depth P (or the map's, if that is less) on W's path, 0 outside. Else: d, share(W), next(W).</item>
/// <item>The same with N.</item>
/// <item>d; next of W, N, NW and NE.</item>
/// <item>d; how many of the six neighbours go to 0, and how many to 1.</item>
/// </list>
/// </remarks>
internal sealed class MapContexts
{
    /// <summary>Contexts of a bit.</summary>
    internal const int PerBit = 5;

    /// <summary>How many of W, N, NW and NE come by a node, in classes: 0, 1, 2, more.</summary>
    internal const int Agreements = 4;

    private const int Patterns = 81, Votes = (MapNeighbours.Count + 1) * (MapNeighbours.Count + 1), Near = 4;
    private readonly int _prefixBits, _bits, _westAt, _northAt, _patternAt, _votesAt;

    /// <param name="bits">Most bits of an index.</param>
    /// <param name="prefixBits">P.</param>
    internal MapContexts(int bits, int prefixBits)
    {
        _bits = bits;
        _prefixBits = Math.Min(bits, prefixBits);
        int size = (2 << (2 * _prefixBits)) + ((bits - _prefixBits) * SharedStates);
        _westAt = 1 << bits;
        _northAt = _westAt + size;
        _patternAt = _northAt + size;
        _votesAt = _patternAt + (bits * Patterns);
        Count = _votesAt + (bits * Votes);
    }

    /// <summary>Number of contexts.</summary>
    internal int Count { get; }

    // For every number of shared bits, 0 to bits - 1: the index has left the path, or it goes to 0 or to 1.
    private int SharedStates => 3 * _bits;

    /// <summary>Selects the contexts of a bit.</summary>
    /// <param name="near">What is around the site.</param>
    /// <param name="bits">Bits of an index of the map, at most those of the constructor.</param>
    /// <param name="node">The bit's node, of a depth below <paramref name="bits"/>.</param>
    /// <param name="selected">Receives <see cref="PerBit"/> different indices below <see cref="Count"/>, in rising order.</param>
    /// <returns>The class of agreement, below <see cref="Agreements"/>.</returns>
    internal int Select(in MapNeighbours near, int bits, int node, Span<int> selected)
    {
        int depth = TreePath.DepthOf(node), pattern = 0, coming = 0, zeros = 0, ones = 0;
        for (int i = 0; i < MapNeighbours.Count; i++)
        {
            int next = near.Next(i, bits, node, depth);
            zeros += next & 1;
            ones += next >> 1;
            if (i < Near)
            {
                pattern = (3 * pattern) + next;
                coming += next == 0 ? 0 : 1;
            }
        }

        selected[0] = node;
        selected[1] = _westAt + OfNeighbour(near[0], bits, node, depth);
        selected[2] = _northAt + OfNeighbour(near[1], bits, node, depth);
        selected[3] = _patternAt + (depth * Patterns) + pattern;
        selected[4] = _votesAt + (depth * Votes) + (zeros * (MapNeighbours.Count + 1)) + ones;
        return Math.Min(coming, Agreements - 1);
    }

    /// <summary>Contexts that know nothing.</summary>
    internal BinaryContext[] Fresh()
    {
        var contexts = new BinaryContext[Count];
        for (int i = 0; i < contexts.Length; i++)
        {
            contexts[i] = i < _westAt ? new BinaryContext(5, 8) : i < _patternAt ? new BinaryContext(4, 7) : new BinaryContext(5, 8);
        }

        return contexts;
    }

    /// <summary>Start states of stored values, as many as <see cref="Count"/>.</summary>
    internal BinaryContext[] Read(ReadOnlySpan<short> stored)
    {
        var contexts = new BinaryContext[Count];
        for (int i = 0; i < contexts.Length; i++)
        {
            (int seen, int fast, int slow) = i < _westAt ? (255, 9, 10) : i < _patternAt ? (255, 8, 10) : (255, 8, 10);
            contexts[i] = StartStates.Read(stored[i], seen, fast, slow);
        }

        return contexts;
    }

    private int OfNeighbour(int index, int bits, int node, int depth)
    {
        int low = depth - _prefixBits;
        if (low < 0)
        {
            int prefix = Math.Min(bits, _prefixBits);
            return (node << (_prefixBits + 1)) + (index == MapNeighbours.Outside ? 0 : (1 << prefix) + (index >> (bits - prefix)));
        }

        int state = 0;
        if (index != MapNeighbours.Outside)
        {
            var path = new TreePath(index, bits);
            int shared = path.Shared(node, depth);
            state = (3 * shared) + path.Next(shared, depth);
        }

        return (2 << (2 * _prefixBits)) + (low * SharedStates) + state;
    }
}
