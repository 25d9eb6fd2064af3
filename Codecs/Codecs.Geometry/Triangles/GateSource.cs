namespace Codecs.Geometry.Triangles;

/// <summary>The encoder's side of the gate coder: which triangle lies behind an edge, and what came of its vertices and corners.</summary>
internal sealed class GateSource
{
    private readonly int[] _corners;
    private readonly long[] _edges;
    private readonly int[] _edgeCorners;
    private readonly int[] _heads;
    private readonly int[] _first;
    private readonly bool[] _isCoded;
    private readonly int[] _newVertices;
    private int _lowest;

    /// <summary>Sorts the edges of triangles.</summary>
    /// <param name="corners">Vertices of the corners, three a triangle.</param>
    /// <param name="vertices">Number of vertices.</param>
    public GateSource(int[] corners, int vertices)
    {
        _corners = corners;
        _isCoded = new bool[corners.Length / 3];
        _newVertices = new int[vertices];
        CornerOrder = new int[corners.Length];
        VertexOrder = new int[vertices];
        _first = new int[vertices + 1];
        foreach (int vertex in corners)
        {
            _first[vertex + 1]++;
        }

        for (int i = 0; i < vertices; i++)
        {
            _first[i + 1] += _first[i];
        }

        // By start (bucket), then end, then corner: duplicates come in the order of the file.
        _edges = new long[corners.Length];
        int[] fill = _first[..^1];
        for (int c = 0; c < corners.Length; c++)
        {
            _edges[fill[corners[c]]++] = (long)corners[TriangleCorners.Next(c)] << 32 | (uint)c;
        }

        for (int i = 0; i < vertices; i++)
        {
            Array.Sort(_edges, _first[i], _first[i + 1] - _first[i]);
        }

        _edgeCorners = new int[corners.Length];
        _heads = new int[corners.Length];
        for (int i = 0; i < _edges.Length; i++)
        {
            _edgeCorners[i] = (int)_edges[i];
            _heads[i] = i;
        }
    }

    /// <summary>Source corner of each coded corner.</summary>
    public int[] CornerOrder { get; }

    /// <summary>Source vertex of each coded vertex.</summary>
    public int[] VertexOrder { get; }

    /// <summary>Vertices coded so far.</summary>
    public int Vertices { get; private set; }

    /// <summary>Vertex of a source corner.</summary>
    public int Vertex(int corner) => _corners[corner];

    /// <summary>The number that a source vertex got, or the next one if it is new.</summary>
    public int Number(int vertex) => _newVertices[vertex] == 0 ? Vertices : _newVertices[vertex] - 1;

    /// <summary>First corner of the lowest triangle that is not coded.</summary>
    public int LowestCorner()
    {
        while (_isCoded[_lowest])
        {
            _lowest++;
        }

        return 3 * _lowest;
    }

    /// <summary>The corner at the start of an edge in the lowest triangle that has it and is not coded; -1 if there is none. Degenerate triangles do not count.</summary>
    /// <param name="from">Source vertex at the start.</param>
    /// <param name="to">Source vertex at the end.</param>
    public int Find(int from, int to)
    {
        int low = _first[from], high = _first[from + 1];
        long key = (long)to << 32;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _edges[middle] < key ? (middle + 1, high) : (low, middle);
        }

        if (low == _first[from + 1] || _edges[low] >> 32 != to)
        {
            return -1;
        }

        int at = Math.Max(low, _heads[low]);
        int end = _first[from + 1];
        while (at < end && _edges[at] >> 32 == to)
        {
            int corner = _edgeCorners[at];
            if (!_isCoded[corner / 3] && !IsDegenerate(corner))
            {
                _heads[low] = at;
                return corner;
            }

            at++;
        }

        _heads[low] = at;
        return -1;
    }

    /// <summary>Notes that a triangle is coded now.</summary>
    /// <param name="triangle">Its new number.</param>
    /// <param name="corner">Source corner that became its first.</param>
    public void Take(int triangle, int corner)
    {
        _isCoded[corner / 3] = true;
        for (int k = 0; k < 3; k++, corner = TriangleCorners.Next(corner))
        {
            CornerOrder[3 * triangle + k] = corner;
        }
    }

    /// <summary>Gives a source vertex the next number.</summary>
    public void AddVertex(int vertex)
    {
        VertexOrder[Vertices++] = vertex;
        _newVertices[vertex] = Vertices;
    }

    private bool IsDegenerate(int corner)
    {
        int first = corner - corner % 3;
        int a = _corners[first], b = _corners[first + 1], c = _corners[first + 2];
        return a == b || b == c || c == a;
    }
}
