using System.Runtime.InteropServices;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Vertices as glTF has them: one for each different corner, with one value of every layer.</summary>
/// <param name="Points">The point of each vertex.</param>
/// <param name="Values">For each layer the value of each vertex; -1 where no triangle tells it.</param>
/// <param name="Indices">The vertex of each corner.</param>
internal sealed record SplitVertices(int[] Points, int[][] Values, int[] Indices)
{
    /// <summary>Splits points where values of their corners differ; vertices are numbered as corners come to them.</summary>
    public static SplitVertices Split(IndexedTriangles triangles)
    {
        int[] vertices = (int[])triangles.Corners.Clone();
        foreach (AttributeLayer layer in triangles.Layers)
        {
            Number(vertices, layer.Corners);
        }

        Number(vertices, null);
        int count = vertices.Length == 0 ? 0 : vertices.Max() + 1;
        var split = new SplitVertices(new int[count], [.. triangles.Layers.Select(_ => new int[count])], vertices);
        for (int c = 0; c < vertices.Length; c++)
        {
            split.Points[vertices[c]] = triangles.Corners[c];
            for (int i = 0; i < split.Values.Length; i++)
            {
                split.Values[i][vertices[c]] = triangles.Layers[i].Corners[c];
            }
        }

        return split;
    }

    /// <summary>Every point as the vertex of its number; where values of its corners differ, the last is taken.</summary>
    public static SplitVertices Keep(IndexedTriangles triangles)
    {
        int[] points = new int[triangles.Positions.Count];
        int[][] values = [.. triangles.Layers.Select(_ => new int[points.Length])];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = i;
        }

        for (int i = 0; i < values.Length; i++)
        {
            Array.Fill(values[i], -1);
            for (int c = 0; c < triangles.Corners.Length; c++)
            {
                values[i][triangles.Corners[c]] = triangles.Layers[i].Corners[c];
            }
        }

        return new SplitVertices(points, values, triangles.Corners);
    }

    // Numbers the different pairs of two keys by their first corner.
    private static void Number(int[] keys, int[]? others)
    {
        var numbers = new Dictionary<long, int>();
        for (int c = 0; c < keys.Length; c++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, ((long)keys[c] << 32) | (uint)(others?[c] ?? 0), out bool isKnown);
            if (!isKnown)
            {
                number = numbers.Count - 1;
            }

            keys[c] = number;
        }
    }
}
