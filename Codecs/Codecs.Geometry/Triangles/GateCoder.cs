using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes which corners share a vertex, triangle by triangle along the border of what is coded. The syntax: README, "Connectivity".</summary>
internal sealed class GateCoder
{
    private const int NewVertex = 0;
    private const int Right = 1;
    private const int Left = 2;
    private const int None = 3;
    private const int Near = 4;
    private const int Far = 5;
    private const int Kinds = 6;

    // Steps along the loop in which a known vertex is looked for.
    private const int MaxSteps = 64;
    private const int Questions = 5;

    private readonly TriangleCorners _mesh;
    private readonly GateLoops _loops;
    private readonly GateSource? _source;
    private readonly MixedBits _bits = new(Questions, Questions, 5 * 81, 1296, 81 * 12, 81 * 12, 81 * 16, 1);
    private readonly BinaryContext[] _starts = new BinaryContext[7];
    private readonly ExpGolombBits _steps = new(2, MaxSteps);
    private readonly int _maxVertices;
    private int _history;

    /// <summary>Creates a fresh coder.</summary>
    /// <param name="mesh">Receives corners and neighbours.</param>
    /// <param name="vertices">Vertices that the triangles use.</param>
    /// <param name="source">The triangles to write, or null to read.</param>
    public GateCoder(TriangleCorners mesh, int vertices, GateSource? source)
    {
        _mesh = mesh;
        _maxVertices = vertices;
        _source = source;
        _loops = new GateLoops(mesh, vertices);
    }

    /// <summary>Vertices seen so far.</summary>
    public int Vertices { get; private set; }

    /// <summary>Codes all triangles.</summary>
    /// <exception cref="InvalidBitstreamException">What is read makes no triangles.</exception>
    public void Run<TPort>(TPort port)
        where TPort : struct, IBitPort
    {
        int triangle = 0;
        while (triangle < _mesh.Count)
        {
            int gate = _loops.Pop();
            if (gate < 0)
            {
                CodeStart(port, triangle++);
            }
            else if (CodeGate(port, gate, triangle))
            {
                triangle++;
            }
        }
    }

    private void CodeStart<TPort>(TPort port, int triangle)
        where TPort : struct, IBitPort
    {
        int corner = _source?.LowestCorner() ?? -1;
        _source?.Take(triangle, corner);
        int known = 0;
        for (int k = 0; k < 3; k++)
        {
            int vertex = _source is null ? 0 : _source.Number(_source.Vertex(corner + k));
            int isKnown = port.Bit(ref _starts[2 * k + Math.Min(known, 1)], vertex < Vertices ? 1 : 0);
            known += isKnown;
            _mesh.Vertices[3 * triangle + k] = isKnown != 0 ? CodeIndex(port, vertex) : AddVertex(corner + k);
        }

        _loops.Begin(triangle);
    }

    // True if a triangle lies behind the gate.
    private bool CodeGate<TPort>(TPort port, int gate, int triangle)
        where TPort : struct, IBitPort
    {
        int a = _loops.Start(gate), b = _loops.End(gate);
        int previous = _loops.Previous(gate), next = _loops.Next(gate);
        int corner = -1, tip = 0, kind = 0, steps = 0;
        if (_source is not null)
        {
            corner = _source.Find(_source.VertexOrder[b], _source.VertexOrder[a]);
            (kind, tip, steps) = Describe(gate, corner);
        }

        kind = CodeKind(port, gate, kind);
        _history = (_history * Kinds + kind) % 1296;
        if (kind == None)
        {
            _loops.Close(gate);
            return false;
        }

        int follower = -1;
        int tipCorner = corner < 0 ? -1 : TriangleCorners.Previous(corner);
        switch (kind)
        {
            case NewVertex:
                tip = AddVertex(tipCorner);
                break;
            case Right:
                tip = _loops.End(next);
                follower = _loops.Next(next);
                break;
            case Left:
                tip = _loops.Start(previous);
                follower = previous;
                break;
            case Near:
                (tip, follower) = CodeNear(port, gate, steps);
                break;
            default:
                tip = CodeIndex(port, tip);
                follower = _loops.GateAt(tip);
                break;
        }

        if (tip == a || tip == b)
        {
            throw new InvalidBitstreamException($"Triangle {triangle} has a corner twice where it cannot: damaged data.");
        }

        int c = 3 * triangle;
        _mesh.Vertices[c] = b;
        _mesh.Vertices[c + 1] = a;
        _mesh.Vertices[c + 2] = tip;
        _source?.Take(triangle, corner);
        _loops.Attach(gate, triangle, follower);
        return true;
    }

    // How the triangle behind a gate is told: kind, number of its tip, signed steps along the loop.
    private (int Kind, int Tip, int Steps) Describe(int gate, int corner)
    {
        if (corner < 0)
        {
            return (None, 0, 0);
        }

        int tip = _source!.Number(_source.Vertex(TriangleCorners.Previous(corner)));
        if (tip == Vertices)
        {
            return (NewVertex, tip, 0);
        }

        int next = _loops.Next(gate), previous = _loops.Previous(gate);
        if (next == gate)
        {
            return (Far, tip, 0);
        }

        if (_loops.End(next) == tip)
        {
            return (Right, tip, 0);
        }

        if (_loops.Start(previous) == tip)
        {
            return (Left, tip, 0);
        }

        for (int step = 2; step <= MaxSteps; step++)
        {
            next = _loops.Next(next);
            previous = _loops.Previous(previous);
            if (next == gate)
            {
                break;
            }

            if (_loops.End(next) == tip)
            {
                return (Near, tip, step);
            }

            if (previous == gate)
            {
                break;
            }

            if (_loops.Start(previous) == tip)
            {
                return (Near, tip, -step);
            }
        }

        return (Far, tip, 0);
    }

    private int CodeKind<TPort>(TPort port, int gate, int kind)
        where TPort : struct, IBitPort
    {
        int a = _loops.Start(gate), b = _loops.End(gate);
        int previous = _loops.Previous(gate), next = _loops.Next(gate);
        bool isAlone = next == gate;
        int left = _loops.Start(previous), right = _loops.End(next);
        int degreeA = Math.Min(_loops.Degree(a), 8), degreeB = Math.Min(_loops.Degree(b), 8);
        int degreeL = Math.Min(_loops.Degree(left), 8), degreeR = Math.Min(_loops.Degree(right), 8);
        int loop = isAlone ? 0 : left == right ? 1 : 2;
        int joinsLeft = _loops.End(previous) == a ? 1 : 0, joinsRight = _loops.Start(next) == b ? 1 : 0;
        int borders = (_loops.IsBorder(a) ? 1 : 0) + (_loops.IsBorder(b) ? 2 : 0);
        int last = Math.Min(_history % Kinds, Near);
        _bits.Select(0, (last * 9 + degreeA) * 9 + degreeB);
        _bits.Select(1, _history);
        _bits.Select(2, ((degreeB * 9 + degreeR) * 3 + loop) * 4 + borders);
        _bits.Select(3, ((degreeA * 9 + degreeL) * 3 + loop) * 4 + borders);
        _bits.Select(4, (degreeA * 9 + degreeB) * 16 + borders * 4 + joinsLeft * 2 + joinsRight);
        _bits.Select(5, 0);
        if (_bits.Code(port, 0, 0, kind == NewVertex ? 1 : 0) != 0)
        {
            return NewVertex;
        }

        if (!isAlone)
        {
            if (_bits.Code(port, 1, 1, kind == Right ? 1 : 0) != 0)
            {
                return Right;
            }

            if (_bits.Code(port, 2, 2, kind == Left ? 1 : 0) != 0)
            {
                return Left;
            }
        }

        if (_bits.Code(port, 3, 3, kind == None ? 1 : 0) != 0)
        {
            return None;
        }

        return isAlone || _bits.Code(port, 4, 4, kind == Far ? 1 : 0) != 0 ? Far : Near;
    }

    // A tip that is 2..MaxSteps steps ahead (0) or behind (1).
    private (int Tip, int Follower) CodeNear<TPort>(TPort port, int gate, int steps)
        where TPort : struct, IBitPort
    {
        int isBehind = port.Bit(ref _starts[6], steps < 0 ? 1 : 0);
        int count = _steps.Code(port, isBehind, Math.Abs(steps) - 2) + 2;
        int at = gate;
        for (int i = 0; i < count; i++)
        {
            at = isBehind != 0 ? _loops.Previous(at) : _loops.Next(at);
        }

        return isBehind != 0 ? (_loops.Start(at), at) : (_loops.End(at), _loops.Next(at));
    }

    private int CodeIndex<TPort>(TPort port, int vertex)
        where TPort : struct, IBitPort
    {
        if (Vertices == 0)
        {
            throw new InvalidBitstreamException("A triangle names a vertex before there is one: damaged data.");
        }

        int bits = IndexBits.Count(Vertices);
        int index = bits == 0 ? 0 : (int)port.Raw((uint)vertex, bits);
        return index < Vertices ? index : throw new InvalidBitstreamException($"A triangle names vertex {index}; there are {Vertices} so far: damaged data.");
    }

    private int AddVertex(int corner)
    {
        if (Vertices == _maxVertices)
        {
            throw new InvalidBitstreamException($"The triangles have more than the {_maxVertices} vertices that are declared: damaged data.");
        }

        _source?.AddVertex(_source.Vertex(corner));
        return Vertices++;
    }
}
