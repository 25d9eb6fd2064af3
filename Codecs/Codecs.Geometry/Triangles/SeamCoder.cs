using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes which corners of a vertex share a value of a layer. An entry is a set of corners of one vertex with one value. The syntax: README, "Seams".</summary>
internal sealed class SeamCoder
{
    private const int OnePerVertex = 0;
    private const int AsBefore = 1;
    private const int Coded = 2;

    // Entries of a vertex, the latest first, among which a corner without a coded neighbour may choose.
    private const int MaxChoices = 16;
    private const int ChoiceBits = 4;

    private readonly TriangleCorners _mesh;
    private readonly int[] _entries;
    private readonly int[] _heads;
    private readonly List<int> _links = [];
    private readonly BinaryContext[] _same = new BinaryContext[2 * 3 * 8];
    private readonly BinaryContext[] _new = new BinaryContext[2];
    private int _history;

    private SeamCoder(TriangleCorners mesh, int vertices)
    {
        _mesh = mesh;
        _entries = new int[mesh.Vertices.Length];
        _heads = new int[vertices];
    }

    /// <summary>Codes the entries of a layer.</summary>
    /// <param name="port">Where bits go or come from.</param>
    /// <param name="mesh">The triangles.</param>
    /// <param name="vertices">Number of vertices.</param>
    /// <param name="before">Entries of the corners in the layer before, or null.</param>
    /// <param name="values">Numbers of the corners' values, equal for equal values; null to read.</param>
    /// <returns>The entry of each corner, numbered as corners meet them.</returns>
    public static int[] Code<TPort>(TPort port, TriangleCorners mesh, int vertices, int[]? before, int[]? values)
        where TPort : struct, IBitPort
    {
        var coder = new SeamCoder(mesh, vertices);
        int mode = Coded;
        if (values is not null)
        {
            mode = Describe(mesh, vertices, before, values);
        }

        mode = (int)port.Raw((uint)mode, 2);
        switch (mode)
        {
            case OnePerVertex:
                return NumberVertices(mesh, vertices);
            case AsBefore when before is not null:
                return before;
            case Coded:
                coder.Run(port, values);
                return coder._entries;
            default:
                throw new InvalidBitstreamException($"Seams are told in way {mode}, which is none here: damaged data.");
        }
    }

    private static int Describe(TriangleCorners mesh, int vertices, int[]? before, int[] values)
    {
        if (AreConstant(mesh.Vertices, vertices, values))
        {
            return OnePerVertex;
        }

        return before is not null && AreConstant(before, before.Length, values) && MergesNothing(mesh, vertices, before, values) ? AsBefore : Coded;
    }

    // True if corners of one group have one value.
    private static bool AreConstant(int[] groups, int count, int[] values)
    {
        int[] seen = new int[count];
        for (int c = 0; c < groups.Length; c++)
        {
            ref int first = ref seen[groups[c]];
            if (first == 0)
            {
                first = values[c] + 1;
            }
            else if (first != values[c] + 1)
            {
                return false;
            }
        }

        return true;
    }

    // True if the entries of the layer before split no more than the values do.
    private static bool MergesNothing(TriangleCorners mesh, int vertices, int[] before, int[] values)
    {
        int needed = 0, given = 0;
        int[] last = new int[vertices];
        bool[] seen = new bool[before.Length];
        for (int c = 0; c < before.Length; c++)
        {
            if (!seen[before[c]])
            {
                seen[before[c]] = true;
                given++;
            }

            ref int value = ref last[mesh.Vertices[c]];
            needed += value == values[c] + 1 ? 0 : 1;
            value = values[c] + 1;
        }

        return given <= needed;
    }

    private static int[] NumberVertices(TriangleCorners mesh, int vertices)
    {
        int[] numbers = new int[vertices];
        int[] entries = new int[mesh.Vertices.Length];
        int count = 0;
        for (int c = 0; c < entries.Length; c++)
        {
            ref int number = ref numbers[mesh.Vertices[c]];
            if (number == 0)
            {
                number = ++count;
            }

            entries[c] = number - 1;
        }

        return entries;
    }

    private void Run<TPort>(TPort port, int[]? values)
        where TPort : struct, IBitPort
    {
        // Any corner of an entry will do to compare values.
        List<int>? corners = values is null ? null : [];
        for (int c = 0; c < _entries.Length; c++)
        {
            int entry = CodeCorner(port, c, values, corners);
            if (entry == _links.Count)
            {
                int vertex = _mesh.Vertices[c];
                _links.Add(_heads[vertex]);
                _heads[vertex] = entry + 1;
                corners?.Add(c);
            }

            _entries[c] = entry;
        }
    }

    private int CodeCorner<TPort>(TPort port, int corner, int[]? values, List<int>? corners)
        where TPort : struct, IBitPort
    {
        int head = _heads[_mesh.Vertices[corner]];
        if (head == 0)
        {
            return _links.Count;
        }

        int first = corner - corner % 3;
        int left = _mesh.SwingNext(corner), right = _mesh.SwingPrevious(corner);
        left = left >= 0 && left < first ? left : -1;
        right = right >= 0 && right < first ? right : -1;
        if (left >= 0 && CodeSame(port, 0, StateAcross(corner, TriangleCorners.Next(corner), TriangleCorners.Previous(left)), _entries[left], corner, values, corners))
        {
            return _entries[left];
        }

        if (right >= 0 && (left < 0 || _entries[left] != _entries[right])
            && CodeSame(port, 1, StateAcross(corner, TriangleCorners.Previous(corner), TriangleCorners.Next(right)), _entries[right], corner, values, corners))
        {
            return _entries[right];
        }

        return CodeChoice(port, head - 1, left >= 0 || right >= 0 ? 1 : 0, corner, values, corners);
    }

    // Whether the other end of an edge to a coded triangle is a seam: 0 not known yet, 1 no, 2 yes.
    private int StateAcross(int corner, int end, int acrossEnd)
    {
        return end > corner ? 0 : _entries[end] == _entries[acrossEnd] ? 1 : 2;
    }

    private bool CodeSame<TPort>(TPort port, int which, int state, int entry, int corner, int[]? values, List<int>? corners)
        where TPort : struct, IBitPort
    {
        int isSame = values is not null && values[corners![entry]] == values[corner] ? 1 : 0;
        isSame = port.Bit(ref _same[(which * 3 + state) * 8 + _history], isSame);
        _history = (_history << 1 | isSame) & 7;
        return isSame != 0;
    }

    private int CodeChoice<TPort>(TPort port, int entry, int context, int corner, int[]? values, List<int>? corners)
        where TPort : struct, IBitPort
    {
        int choice = -1;
        if (values is not null)
        {
            int at = entry;
            for (int i = 0; i < MaxChoices && at >= 0; i++, at = _links[at] - 1)
            {
                if (values[corners![at]] == values[corner])
                {
                    choice = i;
                    break;
                }
            }
        }

        if (port.Bit(ref _new[context], choice < 0 ? 1 : 0) != 0)
        {
            return _links.Count;
        }

        choice = (int)port.Raw((uint)choice, ChoiceBits);
        for (; choice > 0 && entry >= 0; choice--)
        {
            entry = _links[entry] - 1;
        }

        return entry >= 0 ? entry : throw new InvalidBitstreamException("A corner has a value that its vertex does not have: damaged data.");
    }
}
