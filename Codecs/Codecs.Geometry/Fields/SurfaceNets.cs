using System.Numerics;

namespace Codecs.Geometry.Fields;

/// <summary>The surface where a field changes its sign, as triangles: naive surface nets (S. Gibson, 1998).</summary>
/// <remarks>
/// A vertex in each cell whose corners have both signs, at the mean of where its edges cross zero; two triangles for each edge of the grid that does. Closed, as nodes on the border count as
/// outside; triangles of even size; no table of cases.
/// </remarks>
internal static class SurfaceNets
{
    private const float Outside = 1e-3f;

    // Corners of a cell by bits x, y, z; its twelve edges.
    private static readonly (int A, int B)[] s_edges =
        [(0, 1), (2, 3), (4, 5), (6, 7), (0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7)];

    /// <summary>Extracts the surface.</summary>
    /// <param name="values">nodes^3 values, [z, y, x], negative inside.</param>
    /// <param name="nodes">Nodes of an axis, -1 to 1 in the field.</param>
    /// <returns>Vertices in the field, triangles anticlockwise seen from outside.</returns>
    internal static (Vector3[] Positions, int[] Triangles) Extract(ReadOnlySpan<float> values, int nodes)
    {
        float[] field = values.ToArray();
        CloseBorder(field, nodes);
        int cells = nodes - 1;
        int[] vertexOf = new int[cells * cells * cells];
        var positions = new List<Vector3>();
        for (int cell = 0; cell < vertexOf.Length; cell++)
        {
            int x = cell % cells, y = cell / cells % cells, z = cell / (cells * cells);
            vertexOf[cell] = -1;
            if (Vertex(field, nodes, x, y, z) is { } offset)
            {
                vertexOf[cell] = positions.Count;
                positions.Add(((new Vector3(x, y, z) + offset) * DistanceVolume.CellOf(nodes)) - Vector3.One);
            }
        }

        var triangles = new List<int>(positions.Count * 6);
        var quads = new QuadWriter([.. positions], vertexOf, triangles);
        for (int node = 0; node < field.Length; node++)
        {
            int x = node % nodes, y = node / nodes % nodes, z = node / (nodes * nodes);
            bool inside = field[node] < 0;
            if (x < cells && y > 0 && z > 0 && (field[node + 1] < 0) != inside)
            {
                quads.Add(Cell(x, y - 1, z - 1), Cell(x, y, z - 1), Cell(x, y, z), Cell(x, y - 1, z), inside);
            }

            if (y < cells && x > 0 && z > 0 && (field[node + nodes] < 0) != inside)
            {
                quads.Add(Cell(x - 1, y, z - 1), Cell(x - 1, y, z), Cell(x, y, z), Cell(x, y, z - 1), inside);
            }

            if (z < cells && x > 0 && y > 0 && (field[node + (nodes * nodes)] < 0) != inside)
            {
                quads.Add(Cell(x - 1, y - 1, z), Cell(x, y - 1, z), Cell(x, y, z), Cell(x - 1, y, z), inside);
            }
        }

        return (quads.Positions, [.. triangles]);

        int Cell(int x, int y, int z) => (((z * cells) + y) * cells) + x;
    }

    // A border of nodes that are all outside makes every surface closed.
    private static void CloseBorder(float[] field, int nodes)
    {
        for (int node = 0; node < field.Length; node++)
        {
            int x = node % nodes, y = node / nodes % nodes, z = node / (nodes * nodes);
            if (x == 0 || y == 0 || z == 0 || x == nodes - 1 || y == nodes - 1 || z == nodes - 1)
            {
                field[node] = Math.Max(field[node], Outside);
            }
        }
    }

    // Place in the cell, 0 to 1 on each axis; null when the surface does not pass.
    private static Vector3? Vertex(float[] field, int nodes, int x, int y, int z)
    {
        Span<float> corners = stackalloc float[8];
        int negative = 0;
        for (int c = 0; c < corners.Length; c++)
        {
            corners[c] = field[((((z + (c >> 2)) * nodes) + y + ((c >> 1) & 1)) * nodes) + x + (c & 1)];
            negative += corners[c] < 0 ? 1 : 0;
        }

        if (negative is 0 or 8)
        {
            return null;
        }

        Vector3 sum = Vector3.Zero;
        int crossings = 0;
        foreach ((int a, int b) in s_edges)
        {
            if (corners[a] < 0 != corners[b] < 0)
            {
                float at = corners[a] / (corners[a] - corners[b]);
                sum += Vector3.Lerp(Corner(a), Corner(b), at);
                crossings++;
            }
        }

        return sum / crossings;
    }

    private static Vector3 Corner(int c) => new(c & 1, (c >> 1) & 1, c >> 2);

    private sealed class QuadWriter(Vector3[] positions, int[] vertexOf, List<int> triangles)
    {
        internal Vector3[] Positions => positions;

        // Split along the shorter diagonal; turned around where the field falls along the axis.
        internal void Add(int c0, int c1, int c2, int c3, bool inside)
        {
            int a = vertexOf[c0], b = vertexOf[inside ? c1 : c3], c = vertexOf[c2], d = vertexOf[inside ? c3 : c1];
            if (Vector3.DistanceSquared(positions[a], positions[c]) <= Vector3.DistanceSquared(positions[b], positions[d]))
            {
                triangles.AddRange([a, b, c, a, c, d]);
            }
            else
            {
                triangles.AddRange([b, c, d, b, d, a]);
            }
        }
    }
}
