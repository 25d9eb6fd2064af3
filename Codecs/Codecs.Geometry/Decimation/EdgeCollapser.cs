namespace Codecs.Geometry.Decimation;

/// <summary>Collapses edges, the cheapest first, until few enough triangles are left.</summary>
internal sealed class EdgeCollapser
{
    // Against slivers on planes, where every collapse is free: the squared length of the edge counts a little. Positions have a diagonal of about 1.
    private const double LengthWeight = 1e-9;

    private readonly CollapseMesh _mesh;
    private readonly Quadric[] _quadrics;
    private readonly int[] _versions;
    private readonly bool[] _isBorder;
    private readonly PriorityQueue<Collapse, Collapse> _queue = new();
    private readonly List<int> _cornersA = [], _cornersB = [];
    private readonly Dictionary<int, int> _marks = [];
    private readonly double _turnSquared;
    private readonly double _maxError;

    /// <summary>Prepares a mesh of about unit size.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="quadrics">Planes of each vertex; will change.</param>
    /// <param name="isBorder">Vertices on borders.</param>
    /// <param name="maxTurn">Largest turn in degrees.</param>
    /// <param name="maxError">Largest error.</param>
    public EdgeCollapser(CollapseMesh mesh, Quadric[] quadrics, bool[] isBorder, double maxTurn, double maxError)
    {
        (_mesh, _quadrics, _isBorder, _maxError) = (mesh, quadrics, isBorder, maxError);
        _versions = new int[quadrics.Length];
        double cosine = Math.Cos(maxTurn * Math.PI / 180);
        _turnSquared = maxTurn >= 90 ? 0 : cosine * cosine;
    }

    /// <summary>Largest error so far.</summary>
    public double Error { get; private set; }

    /// <summary>Collapses until a target is reached or nothing is allowed any more.</summary>
    /// <param name="target">Wanted number of triangles.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="pairs">Pairs of vertices without an edge that may be joined too.</param>
    public void Run(int target, CollapseRules rules, IEnumerable<(int A, int B)> pairs)
    {
        _queue.Clear();
        EnqueueEdges();
        foreach ((int a, int b) in pairs)
        {
            Enqueue(a, b);
        }

        while (_mesh.Living > target && _queue.TryDequeue(out Collapse next, out _))
        {
            if (next.VersionA == _versions[next.A] && next.VersionB == _versions[next.B])
            {
                TryCollapse(next, rules);
            }
        }
    }

    private void EnqueueEdges()
    {
        int[] corners = _mesh.Corners;
        var seen = new HashSet<long>();
        for (int c = 0; c < corners.Length; c++)
        {
            if (_mesh.IsDead[c / 3])
            {
                continue;
            }

            int a = corners[c], b = corners[c % 3 == 2 ? c - 2 : c + 1];
            if (seen.Add((long)Math.Min(a, b) << 32 | (uint)Math.Max(a, b)))
            {
                Enqueue(a, b);
            }
        }
    }

    private void Enqueue(int a, int b)
    {
        (a, b) = a < b ? (a, b) : (b, a);
        Quadric sum = _quadrics[a];
        sum.Add(_quadrics[b]);
        double cost = sum.At(Place(a, b, sum)) + LengthWeight * (_mesh.Points[a] - _mesh.Points[b]).LengthSquared;
        if (double.IsFinite(cost))
        {
            var collapse = new Collapse(cost, a, b, _versions[a], _versions[b]);
            _queue.Enqueue(collapse, collapse);
        }
    }

    // Where the joined vertex goes: the best point if there is one and it is near, else the best of both ends and the middle.
    private Point3 Place(int a, int b, in Quadric sum)
    {
        Point3 p = _mesh.Points[a], q = _mesh.Points[b], middle = (p + q) * 0.5;
        if (sum.TrySolve(out Point3 best) && (best - middle).LengthSquared <= 4 * (p - q).LengthSquared)
        {
            return best;
        }

        double atP = sum.At(p), atQ = sum.At(q), atMiddle = sum.At(middle);
        return atMiddle <= atP && atMiddle <= atQ ? middle : atP <= atQ ? p : q;
    }

    private void TryCollapse(in Collapse collapse, CollapseRules rules)
    {
        int a = collapse.A, b = collapse.B;
        Quadric sum = _quadrics[a];
        sum.Add(_quadrics[b]);
        Point3 place = Place(a, b, sum);
        double error = sum.Weight > 0 ? Math.Sqrt(sum.At(place) / sum.Weight) : 0;
        if (error > _maxError)
        {
            return;
        }

        _mesh.ListCorners(a, _cornersA);
        _mesh.ListCorners(b, _cornersB);
        if (_cornersA.Count == 0 || _cornersB.Count == 0
            || (rules == CollapseRules.Strict && !KeepsTopology(a, b))
            || (rules != CollapseRules.Any && (TurnsOver(_cornersA, b, place, rules) || TurnsOver(_cornersB, a, place, rules))))
        {
            return;
        }

        _mesh.Points[a] = place;
        _mesh.Join(a, b);
        _quadrics[a] = sum;
        _isBorder[a] |= _isBorder[b];
        _versions[a]++;
        _versions[b]++;
        Error = Math.Max(Error, error);
        _mesh.ListCorners(a, _cornersA);
        if (rules != CollapseRules.Strict)
        {
            KillTwins();
        }

        Renew(a);
    }

    // The link condition: vertices next to both ends are exactly the tips of the triangles at the edge, an inner edge does not join two borders, and what is
    // left is no part that folds onto itself (a lone triangle, a tetrahedron).
    private bool KeepsTopology(int a, int b)
    {
        _marks.Clear();
        int shared = 0;
        foreach (int c in _cornersA)
        {
            (int n, int p) = Others(c);
            _marks[n] = 1;
            _marks[p] = 1;
            shared += n == b || p == b ? 1 : 0;
        }

        int common = 0;
        foreach (int c in _cornersB)
        {
            (int n, int p) = Others(c);
            common += Take(n) + Take(p);
        }

        return shared <= 2 && common == shared && (shared == 1 || !_isBorder[a] || !_isBorder[b]) && !(shared == _cornersA.Count && shared == _cornersB.Count)
            && !(shared == 2 && _cornersA.Count == 3 && _cornersB.Count == 3);

        int Take(int vertex)
        {
            if (vertex == a || !_marks.TryGetValue(vertex, out int state) || state != 1)
            {
                return 0;
            }

            _marks[vertex] = 2;
            return 1;
        }
    }

    private bool TurnsOver(List<int> corners, int other, Point3 place, CollapseRules rules)
    {
        double limit = rules == CollapseRules.Strict ? _turnSquared : 0;
        foreach (int c in corners)
        {
            (int n, int p) = Others(c);
            if (n == other || p == other)
            {
                continue;
            }

            Point3 q = _mesh.Points[n], edge = _mesh.Points[p] - q;
            Point3 before = Point3.Cross(edge, _mesh.Points[_mesh.Corners[c]] - q), after = Point3.Cross(edge, place - q);
            double dot = Point3.Dot(before, after);
            double sizes = before.LengthSquared * after.LengthSquared;
            if (before.LengthSquared > 0 && (dot <= 0 || dot * dot < limit * sizes))
            {
                return true;
            }
        }

        return false;
    }

    // Of triangles with the same three vertices one is left.
    private void KillTwins()
    {
        _marks.Clear();
        for (int i = 0; i < _cornersA.Count; i++)
        {
            (int n, int p) = Others(_cornersA[i]);
            for (int j = 0; j < i && j < 64; j++)
            {
                (int m, int q) = Others(_cornersA[j]);
                if (!_mesh.IsDead[_cornersA[j] / 3] && ((m == n && q == p) || (m == p && q == n)))
                {
                    _mesh.Kill(_cornersA[i] / 3);
                    break;
                }
            }
        }
    }

    private void Renew(int vertex)
    {
        _marks.Clear();
        foreach (int c in _cornersA)
        {
            (int n, int p) = Others(c);
            if (!_mesh.IsDead[c / 3])
            {
                RenewEdge(vertex, n);
                RenewEdge(vertex, p);
            }
        }
    }

    private void RenewEdge(int vertex, int other)
    {
        if (_marks.TryAdd(other, 0))
        {
            Enqueue(vertex, other);
        }
    }

    private (int Next, int Previous) Others(int corner)
    {
        int k = corner % 3;
        return (_mesh.Corners[k == 2 ? corner - 2 : corner + 1], _mesh.Corners[k == 0 ? corner + 2 : corner - 1]);
    }
}
