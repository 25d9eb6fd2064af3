namespace Codecs.Geometry.Triangles;

/// <summary>The order in which vertices get their positions: always one that as many coded triangles as possible know something about.</summary>
/// <remarks>After the traversal by prediction degree of Draco (max prediction degree): a triangle is entered when its three vertices are known, the tips across its edges
/// then have one prediction more; tips with three or more are taken first, then those with two, then one; the latest first.</remarks>
internal sealed class VertexOrder
{
    private const int Classes = 3;

    private readonly TriangleCorners _mesh;
    private readonly bool[] _isKnown;
    private readonly bool[] _isEntered;
    private readonly byte[] _degrees;
    private readonly int[][] _stacks = [new int[64], new int[64], new int[64]];
    private readonly int[] _stacked = new int[Classes];
    private readonly int[] _order;
    private int[] _fan = new int[64];
    private int _count;

    private VertexOrder(TriangleCorners mesh, int vertices)
    {
        _mesh = mesh;
        _isKnown = new bool[vertices];
        _isEntered = new bool[mesh.Count];
        _degrees = new byte[vertices];
        _order = new int[vertices];
    }

    /// <summary>A corner of each vertex that a triangle uses, in the order of coding.</summary>
    /// <param name="mesh">Triangles with their neighbours.</param>
    /// <param name="vertices">Number of vertices.</param>
    public static ReadOnlySpan<int> Find(TriangleCorners mesh, int vertices)
    {
        var order = new VertexOrder(mesh, vertices);
        order.Run();
        return order._order.AsSpan(0, order._count);
    }

    private void Run()
    {
        for (int t = 0; t < _isEntered.Length; t++)
        {
            if (_isEntered[t])
            {
                continue;
            }

            for (int c = 3 * t; c < 3 * t + 3; c++)
            {
                if (!_isKnown[_mesh.Vertices[c]])
                {
                    Take(c);
                }
            }

            Enter(t);
            Drain();
        }
    }

    private void Drain()
    {
        for (int kind = Classes - 1; kind >= 0;)
        {
            if (_stacked[kind] == 0)
            {
                kind--;
                continue;
            }

            int corner = _stacks[kind][--_stacked[kind]];
            if (!_isKnown[_mesh.Vertices[corner]])
            {
                Take(corner);
                kind = Classes - 1;
            }
        }
    }

    // Takes the vertex of a corner and enters the triangles of its fan that are complete now.
    private void Take(int corner)
    {
        _isKnown[_mesh.Vertices[corner]] = true;
        _order[_count++] = corner;
        int count = FanGather.List(_mesh, corner, ref _fan);
        for (int i = 0; i < count; i++)
        {
            EnterIfComplete(_fan[i] / 3);
        }
    }

    private void EnterIfComplete(int triangle)
    {
        int[] vertices = _mesh.Vertices;
        int c = 3 * triangle;
        if (_isKnown[vertices[c]] && _isKnown[vertices[c + 1]] && _isKnown[vertices[c + 2]] && !_isEntered[triangle])
        {
            Enter(triangle);
        }
    }

    private void Enter(int triangle)
    {
        _isEntered[triangle] = true;
        for (int c = 3 * triangle; c < 3 * triangle + 3; c++)
        {
            int across = _mesh.Opposite[c];
            if (across < 0)
            {
                continue;
            }

            int vertex = _mesh.Vertices[across];
            if (!_isKnown[vertex])
            {
                int kind = Math.Min((int)_degrees[vertex], Classes - 1);
                _degrees[vertex] = (byte)(kind + 1);
                Push(kind, across);
            }
        }
    }

    private void Push(int kind, int corner)
    {
        if (_stacked[kind] == _stacks[kind].Length)
        {
            Array.Resize(ref _stacks[kind], 2 * _stacked[kind]);
        }

        _stacks[kind][_stacked[kind]++] = corner;
    }
}
