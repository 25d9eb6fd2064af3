namespace Codecs.Geometry.Triangles;

/// <summary>What is known about a vertex before its position: parallelograms over the coded triangles around it, how far they disagree, how well its neighbours were predicted.</summary>
internal sealed class PositionEvidence(TriangleCorners mesh, int[][] positions)
{
    private const int NormalBits = 24;

    private readonly bool[] _isKnown = new bool[positions[0].Length];
    private readonly int[] _sizes = new int[positions[0].Length];
    private readonly sbyte[] _bends = new sbyte[positions[0].Length];
    private readonly long[] _sums = new long[3];
    private readonly int[] _lows = new int[3];
    private readonly int[] _highs = new int[3];
    private readonly long[] _normal = new long[3];
    private int[] _fan = new int[64];
    private int _last = -1;

    /// <summary>Number of parallelograms.</summary>
    public int Parallelograms { get; private set; }

    /// <summary>Mean size of the residuals of known neighbours; without any, that of the edges that the parallelograms stand on.</summary>
    public long Ring { get; private set; }

    /// <summary>Sign of what most known neighbours did: 1 beyond their prediction as seen along the normal, -1 behind.</summary>
    public int Bend { get; private set; }

    /// <summary>Sum of the distances between the outermost parallelograms, over the axes.</summary>
    public long Spread => Parallelograms == 0 ? 0 : (long)SpreadOf(0) + SpreadOf(1) + SpreadOf(2);

    /// <summary>The normal of the triangles behind the parallelograms, weighted by area; components below 2^24.</summary>
    public ReadOnlySpan<long> Normal => _normal;

    /// <summary>True if a vertex has its position.</summary>
    public bool IsKnown(int vertex) => _isKnown[vertex];

    /// <summary>Distance between the outermost parallelograms on an axis.</summary>
    public int SpreadOf(int axis) => _highs[axis] - _lows[axis];

    /// <summary>Looks around a vertex.</summary>
    /// <param name="corner">A corner of it, or -1 for one without triangles.</param>
    public void Gather(int corner)
    {
        Parallelograms = 0;
        Array.Clear(_sums);
        Array.Clear(_lows);
        Array.Clear(_highs);
        Array.Clear(_normal);
        long sizes = 0, edges = 0;
        int ring = 0, bends = 0;
        int count = corner < 0 ? 0 : FanGather.List(mesh, corner, ref _fan);
        for (int i = 0; i < count; i++)
        {
            int c = _fan[i];
            int n = mesh.Vertices[TriangleCorners.Next(c)], p = mesh.Vertices[TriangleCorners.Previous(c)];
            if (!_isKnown[n])
            {
                continue;
            }

            ring++;
            sizes += _sizes[n];
            bends += _bends[n];
            int across = mesh.Opposite[c];
            if (across >= 0 && _isKnown[p] && _isKnown[mesh.Vertices[across]])
            {
                edges += AddParallelogram(n, p, mesh.Vertices[across]);
            }
        }

        Ring = ring > 0 ? sizes / ring : edges;
        Bend = Math.Sign(bends);
        while (Math.Max(Math.Max(_normal[0], _normal[1]), _normal[2]) >> NormalBits > 0 || Math.Min(Math.Min(_normal[0], _normal[1]), _normal[2]) >> NormalBits < -1)
        {
            (_normal[0], _normal[1], _normal[2]) = (_normal[0] >> 1, _normal[1] >> 1, _normal[2] >> 1);
        }
    }

    /// <summary>The predicted position on an axis, not limited to the grid.</summary>
    /// <param name="corner">The corner that was looked around.</param>
    /// <param name="axis">0, 1 or 2.</param>
    /// <param name="fallback">Where the first vertex of all is expected.</param>
    public long Predict(int corner, int axis, int fallback)
    {
        int[] places = positions[axis];
        if (Parallelograms > 0)
        {
            return Rounding.Mean(_sums[axis], Parallelograms);
        }

        if (corner >= 0)
        {
            int n = mesh.Vertices[TriangleCorners.Next(corner)], p = mesh.Vertices[TriangleCorners.Previous(corner)];
            if (_isKnown[p] || _isKnown[n])
            {
                return places[_isKnown[p] ? p : n];
            }
        }

        return _last >= 0 ? places[_last] : fallback;
    }

    /// <summary>Notes that a vertex has its position now.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="size">Size of its residual.</param>
    /// <param name="along">Sign of its residual along the normal.</param>
    public void Learn(int vertex, int size, int along)
    {
        _isKnown[vertex] = true;
        _sizes[vertex] = size;
        _bends[vertex] = (sbyte)along;
        _last = vertex;
    }

    // The triangle n, p, o mirrored at its edge; returns the size of that edge.
    private long AddParallelogram(int n, int p, int o)
    {
        int[] x = positions[0], y = positions[1], z = positions[2];
        long edge = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            int[] q = positions[axis];
            int value = q[n] + q[p] - q[o];
            _sums[axis] += value;
            _lows[axis] = Parallelograms == 0 ? value : Math.Min(_lows[axis], value);
            _highs[axis] = Parallelograms == 0 ? value : Math.Max(_highs[axis], value);
            edge += Math.Abs(q[n] - q[p]);
        }

        long ux = x[n] - x[o], uy = y[n] - y[o], uz = z[n] - z[o];
        long vx = x[p] - x[o], vy = y[p] - y[o], vz = z[p] - z[o];
        _normal[0] += (uy * vz - uz * vy) >> 2;
        _normal[1] += (uz * vx - ux * vz) >> 2;
        _normal[2] += (ux * vy - uy * vx) >> 2;
        Parallelograms++;
        return edge;
    }
}
