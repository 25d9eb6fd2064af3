using Codecs.EntropyCoding;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes corners in the order of the file: the next vertex that never was, one of the latest, or the difference to the corner before. The syntax: README, "Kept order".</summary>
internal sealed class OrderedCoder(TriangleCorners mesh, int vertices)
{
    private const int Recent = 32;
    private const int RecentBits = 5;

    private readonly int[] _recent = new int[Recent];
    private readonly BinaryContext[] _kinds = new BinaryContext[2 * 3 * 27];
    private readonly BinaryContext[] _places = new BinaryContext[3 * Recent];
    private readonly ExpGolombBits _differences = new(3, 2 * vertices);
    private int _count;
    private int _history;
    private int _next;
    private int _last;

    /// <summary>Codes all corners.</summary>
    /// <exception cref="InvalidBitstreamException">What is read names a vertex that is not there.</exception>
    public void Run<TPort>(TPort port)
        where TPort : struct, IBitPort
    {
        for (int c = 0; c < mesh.Vertices.Length; c++)
        {
            int vertex = CodeCorner(port, c % 3, mesh.Vertices[c]);
            if ((uint)vertex >= (uint)vertices)
            {
                throw new InvalidBitstreamException($"A triangle names vertex {vertex}; there are {vertices}: damaged data.");
            }

            mesh.Vertices[c] = vertex;
            _next = Math.Max(_next, vertex + 1);
            _last = vertex;
        }
    }

    private int CodeCorner<TPort>(TPort port, int k, int vertex)
        where TPort : struct, IBitPort
    {
        int context = 2 * (k * 27 + _history);
        if (port.Bit(ref _kinds[context], vertex == _next ? 1 : 0) != 0)
        {
            Remember(0, Math.Min(_count, Recent - 1), _next);
            _history = _history * 3 % 27;
            return _next;
        }

        int place = Array.IndexOf(_recent, vertex, 0, Math.Min(_count, Recent));
        if (port.Bit(ref _kinds[context + 1], place >= 0 ? 1 : 0) != 0)
        {
            place = CodePlace(port, k, place);
            vertex = _recent[place];
            Remember(1, place, vertex);
            _history = (_history * 3 + 1) % 27;
            return vertex;
        }

        int difference = vertex - _last;
        int folded = _differences.Code(port, k, difference < 0 ? -2 * difference - 1 : 2 * difference);
        vertex = _last + ((folded & 1) != 0 ? -(folded >> 1) - 1 : folded >> 1);
        Remember(0, Math.Min(_count, Recent - 1), vertex);
        _history = (_history * 3 + 2) % 27;
        return vertex;
    }

    private int CodePlace<TPort>(TPort port, int k, int place)
        where TPort : struct, IBitPort
    {
        int node = 1;
        for (int level = RecentBits - 1; level >= 0; level--)
        {
            node = node << 1 | port.Bit(ref _places[k * Recent + node], place >> level & 1);
        }

        return node - Recent;
    }

    // Moves a vertex to the front; the place it comes from is taken.
    private void Remember(int isKnown, int place, int vertex)
    {
        Array.Copy(_recent, 0, _recent, 1, place);
        _recent[0] = vertex;
        _count = Math.Min(Recent, _count + 1 - isKnown);
    }
}
