using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Codecs.Metrics.Geometry;

/// <summary>A tree of boxes over primitives that are known by their own boxes: median split, at most <see cref="LeafSize"/> primitives a leaf.</summary>
/// <remarks>
/// Nodes lie depth first, so a left child follows its parent. A box is eight floats, lower corner and upper corner with one zero each, so that it is two vector loads.
/// The median halves the count, so the depth is at most 30 and no traversal needs more than <see cref="StackSize"/> places.
/// </remarks>
internal sealed class BoundsTree
{
    /// <summary>Most primitives of a leaf; no leaf of a larger tree has fewer than half of it.</summary>
    public const int LeafSize = 4;

    /// <summary>Places that a stack of a traversal needs.</summary>
    public const int StackSize = 64;

    private const int BoxFloats = 8;

    // Six roundings of a float box distance stay below this; a box is never taken for farther than it is.
    private const float Conservative = 1 - 1e-6f;

    private readonly float[] _boxes;
    private readonly int[] _links;
    private readonly int[] _counts;
    private readonly int[] _order;
    private readonly Vector3[] _low;
    private readonly Vector3[] _high;
    private int _nodes;
    private uint _random = 1;

    /// <summary>Builds the tree.</summary>
    /// <param name="low">Lower corners, one a primitive, at least one; finite.</param>
    /// <param name="high">Upper corners.</param>
    public BoundsTree(Vector3[] low, Vector3[] high)
    {
        (_low, _high) = (low, high);
        _order = new int[low.Length];
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        int most = MostNodes(low.Length);
        _boxes = new float[most * BoxFloats];
        _links = new int[most];
        _counts = new int[most];
        Split(0, low.Length);
        // Only the order is needed from here on.
        (_low, _high) = ([], []);
    }

    /// <summary>Nodes; the root is 0.</summary>
    public int Nodes => _nodes;

    /// <summary>Primitive at each place of the leaves.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Primitives of a leaf; 0 for an inner node.</summary>
    public int Count(int node) => _counts[node];

    /// <summary>The right child of an inner node (the left one is the next node), the first place of a leaf.</summary>
    public int Link(int node) => _links[node];

    /// <summary>Lower corner of a node's box.</summary>
    public Vector3 Low(int node) => new(_boxes.AsSpan(node * BoxFloats));

    /// <summary>Upper corner of a node's box.</summary>
    public Vector3 High(int node) => new(_boxes.AsSpan((node * BoxFloats) + 4));

    /// <summary>Shows the search each leaf that may hold something nearer than what it has, near ones first.</summary>
    public void Nearest<TSearch>(Vector3 point, ref TSearch search)
        where TSearch : struct, ILeafSearch
    {
        Span<int> nodes = stackalloc int[StackSize];
        Span<float> bounds = stackalloc float[StackSize];
        Vector128<float> p = point.AsVector128();
        int depth = 0;
        int node = 0;
        float bound = SquaredDistance(p, 0);
        while (true)
        {
            if (bound <= search.Best)
            {
                if (_counts[node] == 0)
                {
                    int left = node + 1;
                    int right = _links[node];
                    float toLeft = SquaredDistance(p, left);
                    float toRight = SquaredDistance(p, right);
                    bool rightFirst = toRight < toLeft;
                    (nodes[depth], bounds[depth]) = rightFirst ? (left, toLeft) : (right, toRight);
                    depth++;
                    (node, bound) = rightFirst ? (right, toRight) : (left, toLeft);
                    continue;
                }

                search.Visit(_links[node], _counts[node]);
            }

            if (depth == 0)
            {
                return;
            }

            depth--;
            (node, bound) = (nodes[depth], bounds[depth]);
        }
    }

    // Nodes of a tree whose leaves hold at least half a leaf each.
    private static int MostNodes(int primitives) => Math.Max(1, (primitives / (LeafSize / 2) * 2) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float SquaredDistance(Vector128<float> point, int node)
    {
        // Lane 3 is 0 in boxes and point.
        ref float box = ref _boxes[node * BoxFloats];
        Vector128<float> below = Vector128.LoadUnsafe(ref box) - point;
        Vector128<float> above = point - Vector128.LoadUnsafe(ref box, 4);
        Vector128<float> outside = Vector128.Max(Vector128.Max(below, above), Vector128<float>.Zero);
        return Vector128.Dot(outside, outside) * Conservative;
    }

    private void Split(int from, int to)
    {
        int node = _nodes++;
        Vector3 low = _low[_order[from]];
        Vector3 high = _high[_order[from]];
        Vector3 centerLow = low + high;
        Vector3 centerHigh = centerLow;
        for (int i = from + 1; i < to; i++)
        {
            Vector3 itsLow = _low[_order[i]];
            Vector3 itsHigh = _high[_order[i]];
            low = Vector3.Min(low, itsLow);
            high = Vector3.Max(high, itsHigh);
            centerLow = Vector3.Min(centerLow, itsLow + itsHigh);
            centerHigh = Vector3.Max(centerHigh, itsLow + itsHigh);
        }

        low.CopyTo(_boxes.AsSpan(node * BoxFloats));
        high.CopyTo(_boxes.AsSpan((node * BoxFloats) + 4));
        if (to - from <= LeafSize)
        {
            (_links[node], _counts[node]) = (from, to - from);
            return;
        }

        Vector3 size = centerHigh - centerLow;
        int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
        int middle = from + ((to - from) / 2);
        Select(from, to - 1, middle, axis);
        Split(from, middle);
        _links[node] = _nodes;
        Split(middle, to);
    }

    // Hoare's quickselect: afterwards nothing before the middle has a centre beyond anything behind it. Pivots are drawn, so that no order of input is slow for sure.
    private void Select(int from, int to, int middle, int axis)
    {
        while (from < to)
        {
            _random = (_random * 1664525) + 1013904223;
            float pivot = Key(from + (int)(_random % (uint)(to - from + 1)), axis);
            int i = from;
            int j = to;
            while (i <= j)
            {
                while (Key(i, axis) < pivot)
                {
                    i++;
                }

                while (Key(j, axis) > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (_order[i], _order[j]) = (_order[j], _order[i]);
                    i++;
                    j--;
                }
            }

            if (middle <= j)
            {
                to = j;
            }
            else if (middle >= i)
            {
                from = i;
            }
            else
            {
                return;
            }
        }
    }

    private float Key(int place, int axis)
    {
        int primitive = _order[place];
        return _low[primitive][axis] + _high[primitive][axis];
    }
}
