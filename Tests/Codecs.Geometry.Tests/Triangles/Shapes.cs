using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Tests.Triangles;

/// <summary>Generated triangles for tests: connectivity and places on a grid, the same for the same arguments.</summary>
internal static class Shapes
{
    /// <summary>A surface over a torus of cells: closed, or open along either direction.</summary>
    public static (int[] Corners, int[][] Places) Sheet(int width, int height, bool closesU, bool closesV, int bits)
    {
        int columns = closesU ? width : width + 1, rows = closesV ? height : height + 1;
        var corners = new List<int>();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int a = y * columns + x, b = y * columns + (x + 1) % columns;
                int c = (y + 1) % rows * columns + x, d = (y + 1) % rows * columns + (x + 1) % columns;
                corners.AddRange((x + y) % 3 == 0 ? [a, b, c, b, d, c] : [a, b, d, a, d, c]);
            }
        }

        int[][] places = [new int[columns * rows], new int[columns * rows], new int[columns * rows]];
        double largest = (1 << bits) - 1;
        for (int i = 0; i < columns * rows; i++)
        {
            double u = 2 * Math.PI * (i % columns) / width, v = 2 * Math.PI * (i / columns) / height;
            places[0][i] = (int)(largest * (0.5 + 0.35 * Math.Cos(u) * (1 + 0.4 * Math.Cos(v))));
            places[1][i] = (int)(largest * (0.5 + 0.35 * Math.Sin(u) * (1 + 0.4 * Math.Cos(v))));
            places[2][i] = (int)(largest * (0.5 + 0.3 * Math.Sin(v)));
        }

        return ([.. corners], places);
    }

    /// <summary>Triangles of any vertices, those repeated, reversed and degenerate among them.</summary>
    public static (int[] Corners, int[][] Places) Soup(int triangles, int vertices, int bits, int seed)
    {
        var random = new Random(seed);
        int[] corners = new int[3 * triangles];
        for (int i = 0; i < corners.Length; i++)
        {
            corners[i] = random.Next(vertices);
        }

        for (int t = 1; t < triangles; t++)
        {
            int other = 3 * random.Next(t);
            switch (random.Next(8))
            {
                case 0:
                    corners.AsSpan(other, 3).CopyTo(corners.AsSpan(3 * t));
                    break;
                case 1:
                    (corners[3 * t], corners[3 * t + 1], corners[3 * t + 2]) = (corners[other + 1], corners[other], corners[other + 2]);
                    break;
                case 2:
                    (corners[3 * t], corners[3 * t + 1]) = (corners[other + 2], corners[other + 1]);
                    break;
            }
        }

        return (corners, RandomPlaces(vertices, bits, random));
    }

    /// <summary>Random places.</summary>
    public static int[][] RandomPlaces(int count, int bits, Random random)
    {
        int[][] places = [new int[count], new int[count], new int[count]];
        foreach (int[] axis in places)
        {
            for (int i = 0; i < count; i++)
            {
                axis[i] = random.Next(1 << bits);
            }
        }

        return places;
    }

    /// <summary>Triangles without layers.</summary>
    public static IndexedTriangles Create(int[] corners, int[][] places, int bits, params AttributeLayer[] layers) =>
        new(new GridPositions(new GridFrame(-1, 2, 0.25, 0.125, bits), places[0], places[1], places[2]), corners, layers);

    /// <summary>A layer of one value a vertex, with another value on the far side of some corners.</summary>
    public static AttributeLayer Layer(AttributeKind kind, int components, int bits, int[] corners, double seams, int seed)
    {
        var random = new Random(seed);
        int vertices = corners.Length == 0 ? 1 : corners.Max() + 1;
        int[] values = new int[2 * vertices * components];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp((int)((1 << bits) * (0.5 + 0.4 * Math.Sin(i / components * 0.05 + i % components))) + random.Next(3), 0, (1 << bits) - 1);
        }

        if (kind == AttributeKind.Weights)
        {
            for (int i = 0; i < values.Length; i += components)
            {
                values.AsSpan(i, components).Clear();
                values[i] = random.Next(1 << bits);
                values[i + components - 1] += (1 << bits) - 1 - values[i];
            }
        }

        int[] ofCorner = [.. corners.Select(v => random.NextDouble() < seams ? v + vertices : v)];
        return new AttributeLayer(kind, components, bits, values, ofCorner);
    }

    /// <summary>Every triangle as text: places and values of its corners, rotated to a normal form; sorted.</summary>
    public static string[] Describe(IndexedTriangles triangles)
    {
        string[] described = new string[triangles.Count];
        for (int t = 0; t < described.Length; t++)
        {
            string[] corners = [.. Enumerable.Range(3 * t, 3).Select(c => DescribeCorner(triangles, c))];
            string[] turned = [.. Enumerable.Range(0, 3).Select(k => $"{corners[k]} {corners[(k + 1) % 3]} {corners[(k + 2) % 3]}")];
            described[t] = turned.Min(StringComparer.Ordinal)!;
        }

        Array.Sort(described, StringComparer.Ordinal);
        return described;
    }

    private static string DescribeCorner(IndexedTriangles triangles, int corner)
    {
        int v = triangles.Corners[corner];
        GridPositions at = triangles.Positions;
        return $"({at.X[v]},{at.Y[v]},{at.Z[v]}{string.Concat(triangles.Layers.Select(l => ";" + string.Join(',', l.At(corner).ToArray())))})";
    }
}
