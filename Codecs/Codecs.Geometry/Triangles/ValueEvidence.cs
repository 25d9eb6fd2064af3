namespace Codecs.Geometry.Triangles;

/// <summary>What is known about an entry of a layer before its value: as <see cref="PositionEvidence"/>, for any number of components.</summary>
internal sealed class ValueEvidence(TriangleCorners mesh, int[][] values, int[][]? computed)
{
    private readonly bool[] _isKnown = new bool[values[0].Length];
    private readonly int[] _sizes = new int[values[0].Length];
    private readonly long[] _sums = new long[values.Length];
    private readonly long[] _ringSums = new long[values.Length];
    private readonly int[] _lows = new int[values.Length];
    private readonly int[] _highs = new int[values.Length];
    private int[] _fan = new int[64];
    private int _ring;
    private int _last = -1;

    /// <summary>Number of parallelograms.</summary>
    public int Parallelograms { get; private set; }

    /// <summary>Mean size of the residuals of known neighbours, or 0.</summary>
    public long Ring { get; private set; }

    /// <summary>The first known neighbour, without one the entry before, or -1.</summary>
    public int Reference { get; private set; }

    /// <summary>Distance between the outermost parallelograms in a component.</summary>
    public int SpreadOf(int component) => _highs[component] - _lows[component];

    /// <summary>Looks around an entry.</summary>
    /// <param name="corner">A corner of it.</param>
    public void Gather(int corner)
    {
        Parallelograms = 0;
        _ring = 0;
        Reference = -1;
        Array.Clear(_sums);
        Array.Clear(_ringSums);
        Array.Clear(_lows);
        Array.Clear(_highs);
        long sizes = 0;
        int count = FanGather.List(mesh, corner, ref _fan);
        for (int i = 0; i < count; i++)
        {
            int c = _fan[i];
            int n = mesh.Vertices[TriangleCorners.Next(c)], p = mesh.Vertices[TriangleCorners.Previous(c)];
            if (_isKnown[n])
            {
                sizes += _sizes[n];
                AddNeighbour(n);
            }

            // The end of an open fan, which is nobody's next vertex.
            if (_isKnown[p] && mesh.Opposite[TriangleCorners.Next(c)] < 0)
            {
                sizes += _sizes[p];
                AddNeighbour(p);
            }

            int across = mesh.Opposite[c];
            if (across >= 0 && _isKnown[n] && _isKnown[p] && _isKnown[mesh.Vertices[across]])
            {
                AddParallelogram(n, p, mesh.Vertices[across]);
            }
        }

        Ring = _ring > 0 ? sizes / _ring : 0;
        Reference = Reference < 0 ? _last : Reference;
    }

    /// <summary>A predicted component, not limited to its range.</summary>
    /// <param name="way">How to predict.</param>
    /// <param name="entry">The entry that was looked around.</param>
    /// <param name="component">The component.</param>
    /// <param name="fallback">What is expected of the first entry of all.</param>
    public long Predict(ValuePrediction way, int entry, int component, int fallback)
    {
        if (computed is not null && way is ValuePrediction.Computed or ValuePrediction.ComputedExactly)
        {
            return computed![component][entry];
        }

        if (way == ValuePrediction.Parallelogram && Parallelograms > 0)
        {
            return Rounding.Mean(_sums[component], Parallelograms);
        }

        return _ring > 0 ? Rounding.Mean(_ringSums[component], _ring) : Reference >= 0 ? values[component][Reference] : fallback;
    }

    /// <summary>Notes that an entry has its value now.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="size">Size of its residual.</param>
    public void Learn(int entry, long size)
    {
        _isKnown[entry] = true;
        _sizes[entry] = (int)Math.Min(size, int.MaxValue);
        _last = entry;
    }

    private void AddNeighbour(int entry)
    {
        _ring++;
        Reference = Reference < 0 ? entry : Reference;
        for (int i = 0; i < _ringSums.Length; i++)
        {
            _ringSums[i] += values[i][entry];
        }
    }

    private void AddParallelogram(int n, int p, int o)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            int[] q = values[i];
            int value = q[n] + q[p] - q[o];
            _sums[i] += value;
            _lows[i] = Parallelograms == 0 ? value : Math.Min(_lows[i], value);
            _highs[i] = Parallelograms == 0 ? value : Math.Max(_highs[i], value);
        }

        Parallelograms++;
    }
}
