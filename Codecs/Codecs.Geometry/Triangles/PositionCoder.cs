using System.Numerics;

namespace Codecs.Geometry.Triangles;

/// <summary>Codes the positions of vertices whose triangles are known. The syntax: README, "Positions". Integers only.</summary>
internal sealed class PositionCoder
{
    internal static int Tune1 = 4, Tune2 = 0;
    private readonly TriangleCorners _mesh;
    private readonly int[][] _positions;
    private readonly int _bits;
    private readonly bool[] _isKnown;
    private readonly int[] _sizes;
    private readonly ResidualBits _residuals = new(5 * 3 * 4, 24 * 3, 24 * 3, 24 * 3, 24 * 8);
    private readonly int[] _sum = new int[3];
    private readonly int[] _low = new int[3];
    private readonly int[] _high = new int[3];
    private readonly long[] _normal = new long[3];
    private int _parallelograms;
    private int _ring;
    private long _ringSize;
    private long _edge;
    private int _last = -1;

    public PositionCoder(TriangleCorners mesh, int[][] positions, int bits)
    {
        _mesh = mesh;
        _positions = positions;
        _bits = bits;
        _isKnown = new bool[positions[0].Length];
        _sizes = new int[positions[0].Length];
    }

    public void Run<TPort>(TPort port, ReadOnlySpan<int> order)
        where TPort : struct, IBitPort
    {
        foreach (int corner in order)
        {
            Code(port, corner);
        }
    }

    private void Code<TPort>(TPort port, int corner)
        where TPort : struct, IBitPort
    {
        int vertex = _mesh.Vertices[corner];
        Gather(corner);
        Span<int> predicted = stackalloc int[3];
        Predict(corner, predicted);
        // axes by normal
        long nx = Math.Abs(_normal[0]), ny = Math.Abs(_normal[1]), nz = Math.Abs(_normal[2]);
        int dominant = nx >= ny ? (nx >= nz ? 0 : 2) : (ny >= nz ? 1 : 2);
        Span<int> difference = stackalloc int[3];
        long total = 0;
        long spread = (_high[0] - _low[0]) + (_high[1] - _low[1]) + (long)(_high[2] - _low[2]);
        long ring = _ring > 0 ? _ringSize / _ring : _edge;
        int paras = Math.Min(_parallelograms, 4);
        long expectation = paras >= 2 ? (spread + ring) / 2 : ring;
        int sizeClass = ResidualBits.Length(expectation / 3);
        int prior = 0;
        for (int i = 0; i < 3; i++)
        {
            int axis = (dominant + 1 + i) % 3;
            int max = (1 << _bits) - 1;
            int center = predicted[axis];
            if (i == 2 && _normal[axis] != 0 && Tune1 > 0)
            {
                int u = (axis + 1) % 3, w = (axis + 2) % 3;
                long shift = -(_normal[u] * difference[u] + _normal[w] * difference[w]) * Tune1 / (4 * _normal[axis]);
                center = (int)Math.Clamp(center + shift, 0, max);
            }

            long across = i == 2 ? 0 : Math.Abs(_normal[axis]) * 4;
            long whole = nx + ny + nz + 1;
            int tilt = i == 2 ? 3 : (int)(across / whole);
            int spreadAxis = ResidualBits.Length(_high[axis] - _low[axis]);
            int place = i;
            _residuals.Select(0, (paras * 3 + place) * 4 + tilt);
            _residuals.Select(1, ResidualBits.Length(spread) * 3 + place);
            _residuals.Select(2, ResidualBits.Length(ring) * 3 + place);
            _residuals.Select(3, spreadAxis * 3 + place);
            _residuals.Select(4, prior * 8 + place * 2 + (paras > 1 ? 1 : 0));
            int longest = _bits;
            int residual = _residuals.Code(port, sizeClass, longest, _positions[axis][vertex] - center);
            int value = center + residual;
            if ((uint)value > (uint)max)
            {
                throw new InvalidBitstreamException($"A vertex lies at {value} on a grid of {max + 1L} places: damaged data.");
            }

            _positions[axis][vertex] = value;
            difference[axis] = value - predicted[axis];
            total += Math.Abs(difference[axis]);
            prior = i == 0 ? ResidualBits.Length(Math.Abs(residual)) : Math.Max(prior, ResidualBits.Length(Math.Abs(residual)));
        }

        _isKnown[vertex] = true;
        _sizes[vertex] = (int)Math.Min(total, int.MaxValue);
        _last = vertex;
    }

    private void Predict(int corner, Span<int> predicted)
    {
        int max = (1 << _bits) - 1;
        for (int axis = 0; axis < 3; axis++)
        {
            long value;
            if (_parallelograms > 0)
            {
                long twice = 2L * _sum[axis] + _parallelograms;
                value = FloorDivide(twice, 2 * _parallelograms);
            }
            else
            {
                int n = _mesh.Vertices[TriangleCorners.Next(corner)], p = _mesh.Vertices[TriangleCorners.Previous(corner)];
                value = _isKnown[p] ? _positions[axis][p] : _isKnown[n] ? _positions[axis][n] : _last >= 0 ? _positions[axis][_last] : max / 2;
            }

            predicted[axis] = (int)Math.Clamp(value, 0, max);
        }
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);

    private void Gather(int corner)
    {
        _parallelograms = 0;
        _ring = 0;
        _ringSize = 0;
        _edge = 0;
        for (int k = 0; k < 3; k++)
        {
            _sum[k] = _low[k] = _high[k] = 0;
            _normal[k] = 0;
        }

        int at = corner;
        do
        {
            Look(at);
            int next = _mesh.SwingNext(at);
            if (next < 0)
            {
                break;
            }

            at = next;
        }
        while (at != corner);
        if (at != corner || _mesh.SwingNext(at) < 0)
        {
            for (at = _mesh.SwingPrevious(corner); at >= 0; at = _mesh.SwingPrevious(at))
            {
                Look(at);
            }
        }
    }

    private void Look(int corner)
    {
        int n = _mesh.Vertices[TriangleCorners.Next(corner)];
        int p = _mesh.Vertices[TriangleCorners.Previous(corner)];
        if (_isKnown[n])
        {
            _ring++;
            _ringSize += _sizes[n];
        }

        int across = _mesh.Opposite[corner];
        if (across < 0 || !_isKnown[n] || !_isKnown[p])
        {
            return;
        }

        int o = _mesh.Vertices[across];
        if (!_isKnown[o])
        {
            return;
        }

        int[] x = _positions[0], y = _positions[1], z = _positions[2];
        for (int k = 0; k < 3; k++)
        {
            int[] q = _positions[k];
            int value = q[n] + q[p] - q[o];
            _sum[k] += value;
            _low[k] = _parallelograms == 0 ? value : Math.Min(_low[k], value);
            _high[k] = _parallelograms == 0 ? value : Math.Max(_high[k], value);
            _edge += Math.Abs(q[n] - q[p]);
        }

        long ux = x[n] - x[o], uy = y[n] - y[o], uz = z[n] - z[o];
        long vx = x[p] - x[o], vy = y[p] - y[o], vz = z[p] - z[o];
        _normal[0] += (uy * vz - uz * vy) >> 2;
        _normal[1] += (uz * vx - ux * vz) >> 2;
        _normal[2] += (ux * vy - uy * vx) >> 2;
        _parallelograms++;
    }
}
