namespace Codecs.Geometry.Triangles;

/// <summary>Makes triangles for the coder from vertices as files have them, where a vertex at a seam exists several times.</summary>
public static class TriangleWelder
{
    /// <summary>Quantises vertices and makes those at the same place of the grid one point; attributes stay with the corners.</summary>
    /// <param name="frame">The grid.</param>
    /// <param name="positions">x, y, z of each vertex, finite.</param>
    /// <param name="triangles">Three vertices a triangle.</param>
    /// <param name="attributes">Attributes of the vertices; null for none.</param>
    /// <param name="dropDegenerate">Leaves out triangles that have shrunk to a line or a point on the grid. By default they stay.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static WeldedTriangles Weld(
        GridFrame frame, ReadOnlySpan<float> positions, ReadOnlySpan<int> triangles, IReadOnlyList<VertexValues>? attributes = null, bool dropDegenerate = false)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (positions.Length % 3 != 0 || triangles.Length % 3 != 0)
        {
            throw new ArgumentException($"{positions.Length} coordinates and {triangles.Length} corners; expected three a vertex and three a triangle.", nameof(triangles));
        }

        int[] points = new int[positions.Length / 3];
        var numbers = new Dictionary<(int X, int Y, int Z), int>(points.Length);
        List<int> x = [], y = [], z = [], first = [];
        for (int i = 0; i < points.Length; i++)
        {
            ReadOnlySpan<float> at = positions.Slice(3 * i, 3);
            if (!float.IsFinite(at[0] + at[1] + at[2]))
            {
                throw new ArgumentException($"Vertex {i} lies at {at[0]}, {at[1]}, {at[2]}; expected finite numbers.", nameof(positions));
            }

            (int X, int Y, int Z) place = (frame.Place(0, at[0]), frame.Place(1, at[1]), frame.Place(2, at[2]));
            if (!numbers.TryGetValue(place, out points[i]))
            {
                points[i] = first.Count;
                numbers.Add(place, first.Count);
                x.Add(place.X);
                y.Add(place.Y);
                z.Add(place.Z);
                first.Add(i);
            }
        }

        int[] kept = Keep(points, triangles, dropDegenerate);
        int[] vertices = new int[3 * kept.Length], corners = new int[3 * kept.Length];
        for (int c = 0; c < corners.Length; c++)
        {
            vertices[c] = triangles[3 * kept[c / 3] + c % 3];
            corners[c] = points[vertices[c]];
        }

        AttributeLayer[] layers = [.. (attributes ?? []).Select(a => AttributeQuantizer.Quantize(a, vertices))];
        var grid = new GridPositions(frame, [.. x], [.. y], [.. z]);
        return new WeldedTriangles(new IndexedTriangles(grid, corners, layers), kept, [.. first]);
    }

    private static int[] Keep(int[] points, ReadOnlySpan<int> triangles, bool dropDegenerate)
    {
        var kept = new List<int>(triangles.Length / 3);
        for (int t = 0; t < triangles.Length / 3; t++)
        {
            ReadOnlySpan<int> vertices = triangles.Slice(3 * t, 3);
            foreach (int vertex in vertices)
            {
                if ((uint)vertex >= (uint)points.Length)
                {
                    throw new ArgumentException($"A corner has vertex {vertex} of {points.Length}.", nameof(triangles));
                }
            }

            int a = points[vertices[0]], b = points[vertices[1]], c = points[vertices[2]];
            if (!dropDegenerate || (a != b && b != c && c != a))
            {
                kept.Add(t);
            }
        }

        return [.. kept];
    }
}
