using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Cuts a surface into charts: connected triangles that face the same side of a cube.</summary>
internal static class ChartCutter
{
    // Rounds in which triangles join the side that most neighbours face, if they face it enough to be seen from there.
    private const int Rounds = 6;
    private const float LeastFacing = 0.35f;

    /// <summary>The side of each triangle, as <see cref="CubeViews"/> numbers them, and its chart, 0 to the number of charts - 1.</summary>
    internal static (byte[] Sides, int[] Charts, int Count) Cut(TriangleTree surface)
    {
        ReadOnlySpan<int> corners = surface.Triangles.Span;
        var normals = new Vector3[corners.Length / 3];
        byte[] sides = new byte[normals.Length];
        for (int t = 0; t < sides.Length; t++)
        {
            (Vector3 a, Vector3 b, Vector3 c) = PlacedColour.CornersOf(surface, t);
            normals[t] = PlacedColour.NormalOf(a, b, c);
            sides[t] = (byte)Facing(normals[t]);
        }

        int[] across = Neighbours(corners);
        for (int round = 0; round < Rounds; round++)
        {
            sides = Smoothed(sides, normals, across);
        }

        (int[] charts, int count) = Connect(sides, across);
        return (sides, charts, count);
    }

    private static int Facing(Vector3 normal)
    {
        Vector3 size = Vector3.Abs(normal);
        int axis = size.X >= size.Y ? (size.X >= size.Z ? 0 : 2) : size.Y >= size.Z ? 1 : 2;
        return (2 * axis) + (normal[axis] < 0 ? 1 : 0);
    }

    private static byte[] Smoothed(byte[] sides, Vector3[] normals, int[] across)
    {
        byte[] next = (byte[])sides.Clone();
        for (int t = 0; t < sides.Length; t++)
        {
            (int a, int b, int c) = (Side(3 * t), Side((3 * t) + 1), Side((3 * t) + 2));
            int most = a >= 0 && (a == b || a == c) ? a : b >= 0 && b == c ? b : -1;
            if (most >= 0 && Vector3.Dot(normals[t], CubeViews.Axis(most)) >= LeastFacing)
            {
                next[t] = (byte)most;
            }
        }

        return next;

        int Side(int corner) => across[corner] < 0 ? -1 : sides[across[corner]];
    }

    // Triangle across the edge from each corner to the next; -1 for none. Of edges with more than two triangles pairs are made in order.
    private static int[] Neighbours(ReadOnlySpan<int> corners)
    {
        int[] across = new int[corners.Length];
        Array.Fill(across, -1);
        var open = new Dictionary<(int, int), int>(corners.Length / 2);
        for (int corner = 0; corner < corners.Length; corner++)
        {
            int from = corners[corner], to = corners[corner % 3 == 2 ? corner - 2 : corner + 1];
            (int, int) edge = (Math.Min(from, to), Math.Max(from, to));
            if (open.Remove(edge, out int other))
            {
                (across[corner], across[other]) = (other / 3, corner / 3);
            }
            else
            {
                open.Add(edge, corner);
            }
        }

        return across;
    }

    private static (int[] Charts, int Count) Connect(byte[] sides, int[] across)
    {
        int[] charts = new int[sides.Length];
        Array.Fill(charts, -1);
        int count = 0;
        var waiting = new Stack<int>();
        for (int first = 0; first < charts.Length; first++)
        {
            if (charts[first] >= 0)
            {
                continue;
            }

            charts[first] = count;
            waiting.Push(first);
            while (waiting.TryPop(out int t))
            {
                for (int corner = 3 * t; corner < (3 * t) + 3; corner++)
                {
                    int next = across[corner];
                    if (next >= 0 && charts[next] < 0 && sides[next] == sides[t])
                    {
                        charts[next] = count;
                        waiting.Push(next);
                    }
                }
            }

            count++;
        }

        return (charts, count);
    }
}
