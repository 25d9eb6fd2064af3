using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>How a mesh hangs together, with vertices at the same place taken as one.</summary>
/// <param name="Vertices">Places in use.</param>
/// <param name="Edges">Different edges.</param>
/// <param name="Triangles">Triangles with three different places; others are not counted.</param>
/// <param name="Components">Pieces that share no vertex.</param>
/// <param name="BoundaryEdges">Edges of one triangle only.</param>
/// <param name="NonManifoldEdges">Edges of three or more triangles.</param>
/// <param name="TurnedEdges">Edges of two triangles that run the same way along them: one of the two is turned round.</param>
public sealed record MeshTopology(int Vertices, int Edges, int Triangles, int Components, int BoundaryEdges, int NonManifoldEdges, int TurnedEdges)
{
    /// <summary>Euler number: vertices - edges + triangles; 2 for each sphere, 0 for each torus.</summary>
    public int EulerNumber => Vertices - Edges + Triangles;

    /// <summary>Whether every edge has two triangles that run opposite ways along it.</summary>
    public bool IsClosedManifold => BoundaryEdges == 0 && NonManifoldEdges == 0 && TurnedEdges == 0;

    /// <summary>Looks at a mesh.</summary>
    /// <param name="positions">Vertices.</param>
    /// <param name="triangles">Three vertex indices a triangle.</param>
    /// <exception cref="ArgumentException">Indices do not come in threes or name no vertex.</exception>
    public static MeshTopology Of(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles)
    {
        MeshArguments.CheckIndices(positions.Length, triangles);
        PositionWeld weld = new(positions);
        int[] parents = new int[weld.Count];
        Array.Fill(parents, -1);
        ulong[] edges = new ulong[triangles.Length];
        // Which way a triangle runs along its edge: 1 from the lower place to the higher one.
        sbyte[] ways = new sbyte[triangles.Length];
        int count = 0;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            (int a, int b, int c) = (weld.Indices[triangles[i]], weld.Indices[triangles[i + 1]], weld.Indices[triangles[i + 2]]);
            if (a == b || b == c || c == a)
            {
                continue;
            }

            Join(parents, a, b);
            Join(parents, b, c);
            (edges[count], ways[count++]) = (MeshEdge.Key(a, b), (sbyte)(a < b ? 1 : -1));
            (edges[count], ways[count++]) = (MeshEdge.Key(b, c), (sbyte)(b < c ? 1 : -1));
            (edges[count], ways[count++]) = (MeshEdge.Key(c, a), (sbyte)(c < a ? 1 : -1));
        }

        int vertices = 0;
        int components = 0;
        for (int i = 0; i < parents.Length; i++)
        {
            vertices += parents[i] >= 0 ? 1 : 0;
            components += parents[i] == i ? 1 : 0;
        }

        Array.Sort(edges, ways, 0, count);
        (int different, int boundary, int nonManifold, int turned) = Count(edges.AsSpan(0, count), ways);
        return new MeshTopology(vertices, different, count / 3, components, boundary, nonManifold, turned);
    }

    private static (int Different, int Boundary, int NonManifold, int Turned) Count(ReadOnlySpan<ulong> edges, ReadOnlySpan<sbyte> ways)
    {
        (int different, int boundary, int nonManifold, int turned) = (0, 0, 0, 0);
        for (int from = 0, to; from < edges.Length; from = to)
        {
            int sum = 0;
            for (to = from; to < edges.Length && edges[to] == edges[from]; to++)
            {
                sum += ways[to];
            }

            different++;
            boundary += to - from == 1 ? 1 : 0;
            nonManifold += to - from > 2 ? 1 : 0;
            turned += to - from == 2 && sum != 0 ? 1 : 0;
        }

        return (different, boundary, nonManifold, turned);
    }

    // Union of sets by path halving; a place that no triangle uses has no parent.
    private static void Join(int[] parents, int one, int other)
    {
        int a = Root(parents, one);
        int b = Root(parents, other);
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(int[] parents, int place)
    {
        if (parents[place] < 0)
        {
            parents[place] = place;
        }

        while (parents[place] != place)
        {
            parents[place] = parents[parents[place]];
            place = parents[place];
        }

        return place;
    }
}
