using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Paints the colours of a surface onto a texture. A chart that overlaps itself, as a winding stair does, shares pixels where it does.</summary>
internal sealed class ColourBaker
{
    private const int MinSide = 16, MaxSide = 8192;
    private const float OnEdge = -1e-4f;

    private readonly TriangleTree _surface;
    private readonly ISurfaceColor _colours;
    private readonly int _side;
    private readonly Vector3[] _texture;
    private readonly float[] _covered;

    private ColourBaker(TriangleTree surface, ISurfaceColor colours, int side)
    {
        (_surface, _colours, _side) = (surface, colours, side);
        (_texture, _covered) = (new Vector3[side * side], new float[side * side]);
    }

    /// <summary>Bakes a texture.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="colours">Its colours.</param>
    /// <param name="side">Width and height of the texture in pixels, 16 to 8192.</param>
    /// <exception cref="ArgumentException">There are more charts than fit.</exception>
    internal static BakedColour Bake(TriangleTree surface, ISurfaceColor colours, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, MinSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, MaxSide);
        (byte[] sides, int[] charts, int count) = ChartCutter.Cut(surface);
        Vector2[] flat = Flatten(surface, sides);
        Vector2[] low = new Vector2[count], high = new Vector2[count];
        Array.Fill(low, new Vector2(float.PositiveInfinity));
        Array.Fill(high, new Vector2(float.NegativeInfinity));
        for (int i = 0; i < flat.Length; i++)
        {
            int chart = charts[i / 3];
            (low[chart], high[chart]) = (Vector2.Min(low[chart], flat[i]), Vector2.Max(high[chart], flat[i]));
        }

        Vector2[] sizes = new Vector2[count];
        for (int i = 0; i < count; i++)
        {
            sizes[i] = high[i] - low[i];
        }

        (int X, int Y)[] places = ChartPacker.Pack(sizes, side, out float scale);
        float[] coordinates = new float[flat.Length * 2];
        for (int i = 0; i < flat.Length; i++)
        {
            int chart = charts[i / 3];
            flat[i] = ((flat[i] - low[chart]) * scale) + new Vector2(places[chart].X + 0.5f, places[chart].Y + 0.5f);
            (coordinates[2 * i], coordinates[(2 * i) + 1]) = (flat[i].X / side, flat[i].Y / side);
        }

        var baker = new ColourBaker(surface, colours, side);
        baker.Paint(flat);
        return new BakedColour(coordinates, SheetPainter.Picture(baker._texture, side, side), count);
    }

    // Corners as their triangle's side sees them, scene units.
    private static Vector2[] Flatten(TriangleTree surface, byte[] sides)
    {
        ReadOnlySpan<int> corners = surface.Triangles.Span;
        ReadOnlySpan<Vector3> positions = surface.Positions.Span;
        var flat = new Vector2[corners.Length];
        for (int i = 0; i < flat.Length; i++)
        {
            Vector3 position = positions[corners[i]];
            flat[i] = new Vector2(Vector3.Dot(position, CubeViews.Right(sides[i / 3])), -Vector3.Dot(position, CubeViews.Up(sides[i / 3])));
        }

        return flat;
    }

    private void Paint(Vector2[] flat)
    {
        for (int t = 0; t < flat.Length / 3; t++)
        {
            PaintTriangle(t, flat[3 * t], flat[(3 * t) + 1], flat[(3 * t) + 2]);
        }

        for (int i = 0; i < ChartPacker.Gutter; i++)
        {
            Grow();
        }

        PushPull.Fill(_texture, _covered, _side, _side);
    }

    private void PaintTriangle(int triangle, Vector2 a, Vector2 b, Vector2 c)
    {
        Vector2 low = Vector2.Min(a, Vector2.Min(b, c)), high = Vector2.Max(a, Vector2.Max(b, c));
        float area = Cross(b - a, c - a);
        for (int y = (int)low.Y; y <= Math.Min(_side - 1, (int)high.Y) && area != 0; y++)
        {
            for (int x = (int)low.X; x <= Math.Min(_side - 1, (int)high.X); x++)
            {
                var pixel = new Vector2(x + 0.5f, y + 0.5f);
                float v = Cross(pixel - a, c - a) / area, w = Cross(b - a, pixel - a) / area;
                if (v >= OnEdge && w >= OnEdge && v + w <= 1 - OnEdge)
                {
                    Set(x, y, triangle, new Vector3(1 - v - w, v, w));
                }
            }
        }

        // Triangles that hold no middle of a pixel get the pixel of their own middle, unless it has a colour.
        Vector2 middle = (a + b + c) / 3;
        (int column, int row) = (Math.Min(_side - 1, (int)middle.X), Math.Min(_side - 1, (int)middle.Y));
        if (!(_covered[(row * _side) + column] > 0))
        {
            Set(column, row, triangle, new Vector3(1 / 3f));
        }
    }

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);

    private void Set(int x, int y, int triangle, Vector3 barycentric)
    {
        _texture[(y * _side) + x] = _colours.At(triangle, barycentric);
        _covered[(y * _side) + x] = 1;
    }

    // Empty pixels beside coloured ones take their mean.
    private void Grow()
    {
        float[] before = (float[])_covered.Clone();
        for (int at = 0; at < before.Length; at++)
        {
            if (before[at] > 0)
            {
                continue;
            }

            Vector3 sum = Vector3.Zero;
            int known = 0, x = at % _side, y = at / _side;
            for (int ny = Math.Max(0, y - 1); ny <= Math.Min(_side - 1, y + 1); ny++)
            {
                for (int nx = Math.Max(0, x - 1); nx <= Math.Min(_side - 1, x + 1); nx++)
                {
                    int other = (ny * _side) + nx;
                    (sum, known) = before[other] > 0 ? (sum + _texture[other], known + 1) : (sum, known);
                }
            }

            if (known > 0)
            {
                (_texture[at], _covered[at]) = (sum / known, 1);
            }
        }
    }
}
