namespace Codecs.Geometry.Triangles;

/// <summary>The border of what is coded: gates (directed edges of coded triangles that wait for their neighbour) in doubly linked loops. Integers only; both sides run it.</summary>
/// <remarks>
/// Two neighbouring gates of a loop that are each other's reverse are zipped: their triangles become neighbours and both gates vanish. The loops are hints: whatever
/// the triangles are, every one is reached from some gate or as a new start.
/// </remarks>
internal sealed class GateLoops
{
    private const int Closed = -1;

    private readonly TriangleCorners _mesh;
    private readonly int[] _degrees;
    private readonly int[] _gateAt;
    private readonly bool[] _isBorder;
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];
    private int[] _previous = new int[64];
    private int[] _next = new int[64];
    private int[] _corners = new int[64];
    private int _count;
    private int[] _stack = new int[64];
    private int _stacked;

    /// <summary>Creates the empty border of a mesh whose triangles come one by one.</summary>
    /// <param name="mesh">Receives who is whose neighbour.</param>
    /// <param name="vertices">Vertices at most.</param>
    public GateLoops(TriangleCorners mesh, int vertices)
    {
        _mesh = mesh;
        _degrees = new int[vertices];
        _gateAt = new int[vertices];
        _isBorder = new bool[vertices];
    }

    /// <summary>First vertex of a gate.</summary>
    public int Start(int gate) => _starts[gate];

    /// <summary>Last vertex of a gate.</summary>
    public int End(int gate) => _ends[gate];

    /// <summary>The gate before another in its loop.</summary>
    public int Previous(int gate) => _previous[gate];

    /// <summary>The gate behind another in its loop.</summary>
    public int Next(int gate) => _next[gate];

    /// <summary>Coded triangles around a vertex.</summary>
    public int Degree(int vertex) => _degrees[vertex];

    /// <summary>True if a gate at a vertex found no neighbour.</summary>
    public bool IsBorder(int vertex) => _isBorder[vertex];

    /// <summary>Takes the gate that was opened last and is open; -1 if there is none.</summary>
    public int Pop()
    {
        while (_stacked > 0)
        {
            int gate = _stack[--_stacked];
            if (_next[gate] != Closed)
            {
                return gate;
            }
        }

        return -1;
    }

    /// <summary>Opens the three gates of a triangle that starts a part.</summary>
    /// <param name="triangle">The triangle, its corners set.</param>
    public void Begin(int triangle)
    {
        int c = 3 * triangle;
        int a = _mesh.Vertices[c], b = _mesh.Vertices[c + 1], v = _mesh.Vertices[c + 2];
        CountTriangle(a, b, v);
        if (a == b || b == v || v == a)
        {
            return;
        }

        int x = Add(a, b, c + 2), y = Add(b, v, c), z = Add(v, a, c + 1);
        Link(x, y);
        Link(y, z);
        Link(z, x);
    }

    /// <summary>Closes a gate that has no neighbour.</summary>
    public void Close(int gate)
    {
        _isBorder[_starts[gate]] = true;
        _isBorder[_ends[gate]] = true;
        Link(_previous[gate], _next[gate]);
        _next[gate] = Closed;
    }

    /// <summary>Puts the triangle (end, start, v) on a gate.</summary>
    /// <param name="gate">The gate, which closes.</param>
    /// <param name="triangle">The triangle, its corners set; v is neither end.</param>
    /// <param name="follower">The gate that will follow the new gate to v; the gate itself or -1 if the new gates simply take the place of the old one.</param>
    public void Attach(int gate, int triangle, int follower)
    {
        int a = _starts[gate], b = _ends[gate];
        int previous = _previous[gate], next = _next[gate];
        int c = 3 * triangle;
        int v = _mesh.Vertices[c + 2];
        CountTriangle(a, b, v);
        _mesh.Pair(_corners[gate], c + 2);
        bool isAlone = next == gate;
        _next[gate] = Closed;
        int x = Add(a, v, c), y = Add(v, b, c + 1);
        if (follower < 0 || follower == gate || (follower == next && !isAlone))
        {
            Link(x, y);
            Link(isAlone ? y : previous, x);
            Link(y, isAlone ? x : next);
        }
        else
        {
            int before = _previous[follower];
            Link(x, follower);
            Link(before, y);
            Link(isAlone ? y : previous, x);
            Link(y, isAlone ? x : next);
        }

        Zip(_previous[x]);
        Zip(x);
        ZipBefore(y);
        Zip(y);
    }

    /// <summary>An open gate that starts at a vertex; -1 if none is known.</summary>
    public int GateAt(int vertex)
    {
        int gate = _gateAt[vertex] - 1;
        return gate >= 0 && _next[gate] != Closed ? gate : -1;
    }

    private void ZipBefore(int gate)
    {
        if (_next[gate] != Closed)
        {
            Zip(_previous[gate]);
        }
    }

    // Closes a gate and the one behind it as long as they are the two sides of one edge.
    private void Zip(int gate)
    {
        while (_next[gate] != Closed)
        {
            int other = _next[gate];
            if (_starts[other] != _ends[gate] || _ends[other] != _starts[gate])
            {
                return;
            }

            int before = _previous[gate], behind = _next[other];
            _mesh.Pair(_corners[gate], _corners[other]);
            _next[gate] = Closed;
            _next[other] = Closed;
            if (before == other)
            {
                return;
            }

            Link(before, behind);
            gate = before;
        }
    }

    private void CountTriangle(int a, int b, int v)
    {
        _degrees[a]++;
        _degrees[b]++;
        _degrees[v]++;
    }

    private void Link(int gate, int next)
    {
        _next[gate] = next;
        _previous[next] = gate;
    }

    private int Add(int start, int end, int corner)
    {
        if (_count == _starts.Length)
        {
            int size = 2 * _count;
            Array.Resize(ref _starts, size);
            Array.Resize(ref _ends, size);
            Array.Resize(ref _previous, size);
            Array.Resize(ref _next, size);
            Array.Resize(ref _corners, size);
        }

        if (_stacked == _stack.Length)
        {
            Array.Resize(ref _stack, 2 * _stacked);
        }

        int gate = _count++;
        _starts[gate] = start;
        _ends[gate] = end;
        _corners[gate] = corner;
        _gateAt[start] = gate + 1;
        _stack[_stacked++] = gate;
        return gate;
    }
}
