namespace Codecs.Geometry.Decimation;

/// <summary>Triangles that vanish one by one while their vertices are joined. The triangles of a vertex are a chain of corners; those of dead triangles leave it when it is walked.</summary>
internal sealed class CollapseMesh
{
    private readonly int[] _first;
    private readonly int[] _lastCorner;
    private readonly int[] _next;

    /// <summary>Takes triangles over.</summary>
    /// <param name="points">Position of each vertex; will change.</param>
    /// <param name="corners">Vertex of each corner; will change. Degenerate triangles are dead from the start.</param>
    public CollapseMesh(Point3[] points, int[] corners)
    {
        (Points, Corners) = (points, corners);
        IsDead = new bool[corners.Length / 3];
        _first = new int[points.Length];
        _lastCorner = new int[points.Length];
        _next = new int[corners.Length];
        Array.Fill(_first, -1);
        for (int c = corners.Length - 1; c >= 0; c--)
        {
            int v = corners[c];
            _next[c] = _first[v];
            _lastCorner[v] = _first[v] < 0 ? c : _lastCorner[v];
            _first[v] = c;
        }

        Living = IsDead.Length;
        for (int t = 0; t < IsDead.Length; t++)
        {
            if (corners[3 * t] == corners[3 * t + 1] || corners[3 * t + 1] == corners[3 * t + 2] || corners[3 * t + 2] == corners[3 * t])
            {
                Kill(t);
            }
        }
    }

    /// <summary>Position of each vertex.</summary>
    public Point3[] Points { get; }

    /// <summary>Vertex of each corner.</summary>
    public int[] Corners { get; }

    /// <summary>True for triangles that are gone.</summary>
    public bool[] IsDead { get; }

    /// <summary>Triangles left.</summary>
    public int Living { get; private set; }

    /// <summary>Removes a triangle.</summary>
    public void Kill(int triangle)
    {
        if (!IsDead[triangle])
        {
            IsDead[triangle] = true;
            Living--;
        }
    }

    /// <summary>Lists the corners of a vertex in living triangles.</summary>
    public void ListCorners(int vertex, List<int> corners)
    {
        corners.Clear();
        int before = -1;
        for (int c = _first[vertex]; c >= 0; c = _next[c])
        {
            if (IsDead[c / 3])
            {
                continue;
            }

            // Everything dead in between leaves the chain.
            if (before < 0)
            {
                _first[vertex] = c;
            }
            else
            {
                _next[before] = c;
            }

            before = c;
            corners.Add(c);
        }

        if (before < 0)
        {
            _first[vertex] = -1;
        }
        else
        {
            _next[before] = -1;
            _lastCorner[vertex] = before;
        }
    }

    /// <summary>Joins a vertex with another one, which takes over its triangles. Those that had both die.</summary>
    /// <param name="kept">The one that stays.</param>
    /// <param name="gone">The other.</param>
    public void Join(int kept, int gone)
    {
        for (int c = _first[gone]; c >= 0; c = _next[c])
        {
            int t = c / 3;
            if (!IsDead[t] && (Corners[3 * t] == kept || Corners[3 * t + 1] == kept || Corners[3 * t + 2] == kept))
            {
                Kill(t);
            }

            Corners[c] = kept;
        }

        if (_first[gone] < 0)
        {
            return;
        }

        if (_first[kept] < 0)
        {
            _first[kept] = _first[gone];
        }
        else
        {
            _next[_lastCorner[kept]] = _first[gone];
        }

        _lastCorner[kept] = _lastCorner[gone];
        _first[gone] = -1;
    }

    /// <summary>Twice the area times the normal of a triangle.</summary>
    public Point3 Normal(int triangle)
    {
        Point3 a = Points[Corners[3 * triangle]];
        return Point3.Cross(Points[Corners[3 * triangle + 1]] - a, Points[Corners[3 * triangle + 2]] - a);
    }
}
