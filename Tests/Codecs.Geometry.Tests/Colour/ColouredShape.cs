using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>A shape whose colours are known everywhere.</summary>
internal sealed class ColouredShape(TriangleTree tree, Func<Vector3, Vector3, Vector3> colour) : ISurfaceColor
{
    public TriangleTree Tree => tree;

    public FieldFrame Frame => FieldFrame.Around(tree.Low, tree.High);

    public Vector3 At(int triangle, Vector3 barycentric)
    {
        ReadOnlySpan<int> t = tree.Triangles.Span.Slice(3 * triangle, 3);
        (Vector3 a, Vector3 b, Vector3 c) = (tree.Positions.Span[t[0]], tree.Positions.Span[t[1]], tree.Positions.Span[t[2]]);
        return colour((barycentric.X * a) + (barycentric.Y * b) + (barycentric.Z * c), Vector3.Normalize(Vector3.Cross(b - a, c - a)));
    }

    /// <summary>A box whose six faces have one colour each.</summary>
    public static ColouredShape FlatCube() => new(Box(Vector3.One, 6), (_, n) => new Vector3(0.5f) + (0.3f * n) + (n.X + n.Y + n.Z < 0 ? new Vector3(0.1f, -0.1f, 0.05f) : Vector3.Zero));

    /// <summary>A sphere whose colour runs evenly.</summary>
    public static ColouredShape GradientSphere() => new(Sphere(12, 3), (p, _) => new Vector3(0.5f) + ((p - new Vector3(5, -2, 1)) * 0.13f));

    /// <summary>The triangles of a sphere around (5, -2, 1).</summary>
    public static TriangleTree Sphere(int cells, float radius)
    {
        TriangleTree box = Box(Vector3.One, cells);
        Vector3[] round = Array.ConvertAll(box.Positions.ToArray(), p => (Vector3.Normalize(p) * radius) + new Vector3(5, -2, 1));
        return TriangleTree.Build(round, box.Triangles.Span);
    }

    /// <summary>A green plate above a red one, open in between, which sideways views cannot look into.</summary>
    public static ColouredShape Sandwich()
    {
        TriangleTree plate = Box(new Vector3(1, 0.02f, 1), 4);
        Vector3[] lower = plate.Positions.ToArray();
        Vector3[] both = [.. lower, .. Array.ConvertAll(lower, p => p + new Vector3(0, 0.5f, 0))];
        int[] one = plate.Triangles.ToArray();
        return new(TriangleTree.Build(both, [.. one, .. Array.ConvertAll(one, i => i + lower.Length)]), (p, _) => p.Y > 0.25f ? new Vector3(0.1f, 0.8f, 0.1f) : new Vector3(0.9f, 0.2f, 0.1f));
    }

    private static TriangleTree Box(Vector3 half, int cells)
    {
        var positions = new List<Vector3>();
        var triangles = new List<int>();
        for (int face = 0; face < 6; face++)
        {
            int axis = face >> 1, sign = (face & 1) == 0 ? 1 : -1, first = positions.Count;
            for (int i = 0; i < (cells + 1) * (cells + 1); i++)
            {
                var p = Vector3.Zero;
                p[axis] = sign;
                p[(axis + 1) % 3] = (2f * (i % (cells + 1)) / cells) - 1;
                p[(axis + 2) % 3] = (2f * (i / (cells + 1)) / cells) - 1;
                positions.Add(p * half);
            }

            for (int i = 0; i < cells * cells; i++)
            {
                int a = first + (i / cells * (cells + 1)) + (i % cells), b = a + 1, c = a + cells + 1, d = c + 1;
                triangles.AddRange(sign > 0 ? [a, b, d, a, d, c] : [a, d, b, a, c, d]);
            }
        }

        return TriangleTree.Build([.. positions], [.. triangles]);
    }
}
