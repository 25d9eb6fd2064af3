namespace Codecs.Formats.Media;

/// <summary>Splits polygons into triangles: fans of convex ones, ears of concave ones.</summary>
/// <remarks>Ear clipping after Meisters, Polygons have ears (1975), in the plane of Newell's normal. Reused for all polygons of a file.</remarks>
internal sealed class PolygonTriangulator
{
    // Ears of n corners take up to n^3 steps where each is hard to find; files made for that must not keep us busy for hours.
    private const int MaxEarCorners = 512, StepsPerSquare = 32;

    private readonly List<int> _triangles = [];
    private double[] _x = [], _y = [];
    private int[] _next = [];
    private long _steps;

    /// <summary>Splits a polygon.</summary>
    /// <param name="positions">Its corners in order, [n, 3].</param>
    /// <returns>Corner numbers, three for each of n - 2 triangles, turning as the polygon does; good until the next call.</returns>
    public List<int> Split(ReadOnlySpan<float> positions)
    {
        int corners = positions.Length / 3;
        _triangles.Clear();
        if (corners < 3)
        {
            return _triangles;
        }

        if (corners == 3 || corners > MaxEarCorners || !Project(positions, corners))
        {
            Fan(corners);
        }
        else
        {
            Ears(corners);
        }

        return _triangles;
    }

    private void Fan(int corners)
    {
        for (int i = 1; i + 1 < corners; i++)
        {
            Add(0, i, i + 1);
        }
    }

    private void Add(int a, int b, int c)
    {
        _triangles.Add(a);
        _triangles.Add(b);
        _triangles.Add(c);
    }

    /// <summary>Lays the polygon into a plane, counter-clockwise.</summary>
    /// <returns>False when a fan will do: the polygon is convex, or has no area at all.</returns>
    private bool Project(ReadOnlySpan<float> positions, int corners)
    {
        if (_x.Length < corners)
        {
            (_x, _y, _next) = (new double[corners], new double[corners], new int[corners]);
        }

        Vec3 origin = Vec3.At(positions, 0), normal = default;
        for (int i = 1; i + 1 < corners; i++)
        {
            normal += (Vec3.At(positions, i) - origin).Cross(Vec3.At(positions, i + 1) - origin);
        }

        double x = Math.Abs(normal.X), y = Math.Abs(normal.Y), z = Math.Abs(normal.Z);
        for (int i = 0; i < corners; i++)
        {
            Vec3 p = Vec3.At(positions, i) - origin;
            (double u, double v, double side) = x >= y && x >= z ? (p.Y, p.Z, normal.X) : y >= z ? (p.Z, p.X, normal.Y) : (p.X, p.Y, normal.Z);
            (_x[i], _y[i]) = (side < 0 ? -u : u, v);
            _next[i] = i + 1 < corners ? i + 1 : 0;
        }

        if (normal == default)
        {
            return false;
        }

        // A fan around corner 0 is right when none of its triangles turns the wrong way; that holds for all convex polygons.
        for (int i = 1; i + 1 < corners; i++)
        {
            if (Turn(0, i, i + 1) < 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Ears(int corners)
    {
        int left = corners, before = corners - 1, failed = 0;
        _steps = (long)StepsPerSquare * corners * corners;
        while (left > 3 && failed < left && _steps > 0)
        {
            int tip = _next[before], after = _next[tip];
            if (IsEar(before, tip, after))
            {
                Add(before, tip, after);
                _next[before] = after;
                left--;
                failed = 0;
            }
            else
            {
                before = tip;
                failed++;
            }
        }

        // No ear left: the polygon crosses itself, or was made to be hard. The rest as a fan is as good as anything.
        for (int b = _next[before], c = _next[b]; c != before; b = c, c = _next[c])
        {
            Add(before, b, c);
        }
    }

    private bool IsEar(int before, int tip, int after)
    {
        if (Turn(before, tip, after) <= 0)
        {
            return false;
        }

        for (int p = _next[after]; p != before; p = _next[p])
        {
            _steps--;
            bool same = (_x[p] == _x[before] && _y[p] == _y[before]) || (_x[p] == _x[tip] && _y[p] == _y[tip]) || (_x[p] == _x[after] && _y[p] == _y[after]);
            if (!same && Turn(before, tip, p) >= 0 && Turn(tip, after, p) >= 0 && Turn(after, before, p) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Twice the area of a triangle, negative when it turns clockwise.</summary>
    private double Turn(int a, int b, int c) => ((_x[b] - _x[a]) * (_y[c] - _y[a])) - ((_x[c] - _x[a]) * (_y[b] - _y[a]));
}
