using System.Numerics;

namespace Codecs.Metrics.Tests.Geometry;

/// <summary>A mesh for tests: plain arrays with a few ways to make and change them.</summary>
internal sealed record Shapes(Vector3[] Positions, int[] Triangles)
{
    /// <summary>A box of 8 vertices and 12 triangles, seen from outside.</summary>
    public static Shapes Box(Vector3 low, Vector3 high)
    {
        Vector3[] positions = [.. Enumerable.Range(0, 8).Select(i => new Vector3((i & 1) == 0 ? low.X : high.X, (i & 2) == 0 ? low.Y : high.Y, (i & 4) == 0 ? low.Z : high.Z))];
        // -z, +z, -y, +y, -x, +x
        return new(positions, [0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5]);
    }

    /// <summary>A sphere: an octahedron whose triangles are split into four again and again.</summary>
    public static Shapes Sphere(float radius, int splits, Vector3 center = default)
    {
        Vector3[] corners = [Vector3.UnitX, -Vector3.UnitX, Vector3.UnitY, -Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitZ];
        List<Vector3> soup = [];
        foreach (int[] t in (int[][])[[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]])
        {
            Split(corners[t[0]], corners[t[1]], corners[t[2]], splits, soup);
        }

        // The first appearance of each place becomes the vertex.
        Dictionary<Vector3, int> seen = [];
        int[] triangles = new int[soup.Count];
        for (int i = 0; i < soup.Count; i++)
        {
            triangles[i] = seen.TryGetValue(soup[i], out int index) ? index : seen[soup[i]] = seen.Count;
        }

        return new([.. seen.OrderBy(p => p.Value).Select(p => center + (radius * p.Key))], triangles);
    }

    /// <summary>A rectangle in a plane of constant z, seen from +z, of two triangles.</summary>
    public static Shapes Rectangle(float left, float bottom, float right, float top, float z) =>
        new([new(left, bottom, z), new(right, bottom, z), new(right, top, z), new(left, top, z)], [0, 1, 2, 0, 2, 3]);

    /// <summary>Triangles without any order: large, small, needles and such without area.</summary>
    public static Shapes Soup(int count, int seed)
    {
        Random random = new(seed);
        Vector3 Point(float size) => size * new Vector3(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        List<Vector3> positions = [];
        for (int t = 0; t < count; t++)
        {
            Vector3 a = Point(2);
            Vector3 b = a + Point(t % 3 == 0 ? 1 : 0.05f);
            Vector3 c = (t % 7) switch
            {
                0 => b + Point(1e-5f),
                1 => b,
                _ => a + Point(0.1f),
            };
            positions.AddRange([a, b, c]);
        }

        return new([.. positions], [.. Enumerable.Range(0, positions.Count)]);
    }

    /// <summary>Every triangle with vertices of its own.</summary>
    public Shapes Unshared() => new([.. Triangles.Select(i => Positions[i])], [.. Enumerable.Range(0, Triangles.Length)]);

    /// <summary>All triangles turned round.</summary>
    public Shapes Turned() => new(Positions, [.. Triangles.Chunk(3).SelectMany(t => new[] { t[0], t[2], t[1] })]);

    /// <summary>Both as one mesh.</summary>
    public Shapes With(Shapes other) => new([.. Positions, .. other.Positions], [.. Triangles, .. other.Triangles.Select(i => i + Positions.Length)]);

    /// <summary>Moved.</summary>
    public Shapes Moved(Vector3 by) => new([.. Positions.Select(p => p + by)], Triangles);

    /// <summary>Without its last triangles.</summary>
    public Shapes Without(int triangles) => new(Positions, Triangles[..^(3 * triangles)]);

    private static void Split(Vector3 a, Vector3 b, Vector3 c, int splits, List<Vector3> soup)
    {
        if (splits == 0)
        {
            soup.AddRange([a, b, c]);
            return;
        }

        (Vector3 ab, Vector3 bc, Vector3 ca) = (Vector3.Normalize(a + b), Vector3.Normalize(b + c), Vector3.Normalize(c + a));
        Split(a, ab, ca, splits - 1, soup);
        Split(ab, b, bc, splits - 1, soup);
        Split(ca, bc, c, splits - 1, soup);
        Split(ab, bc, ca, splits - 1, soup);
    }
}
