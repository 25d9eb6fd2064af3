using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Angle-weighted normals of a mesh's corners, edges and faces; see <see cref="TriangleTree.PseudoNormal"/>.</summary>
internal sealed class PseudoNormals
{
    private readonly int[] _corners;
    private readonly Vector3[] _faces;
    private readonly Vector3[] _atCorners;
    private readonly Vector3[] _atEdges;

    public PseudoNormals(Vector3[] positions, int[] triangles)
    {
        PositionWeld weld = new(positions);
        _corners = new int[triangles.Length];
        _faces = new Vector3[triangles.Length / 3];
        _atCorners = new Vector3[weld.Count];
        _atEdges = new Vector3[triangles.Length];
        ulong[] edges = new ulong[triangles.Length];
        int[] sides = new int[triangles.Length];
        for (int i = 0; i < triangles.Length; i++)
        {
            int next = i % 3 == 2 ? i - 2 : i + 1;
            int last = i % 3 == 0 ? i + 2 : i - 1;
            if (i % 3 == 0)
            {
                _ = TriangleMath.Area(positions[triangles[i]], positions[triangles[i + 1]], positions[triangles[i + 2]], out _faces[i / 3]);
            }

            _corners[i] = weld.Indices[triangles[i]];
            float angle = Angle(positions[triangles[next]] - positions[triangles[i]], positions[triangles[last]] - positions[triangles[i]]);
            _atCorners[_corners[i]] += angle * _faces[i / 3];
            (edges[i], sides[i]) = (MeshEdge.Key(_corners[i], weld.Indices[triangles[next]]), i);
        }

        for (int i = 0; i < _atCorners.Length; i++)
        {
            _atCorners[i] = Unit(_atCorners[i]);
        }

        Edges(edges, sides);
    }

    public Vector3 At(int triangle, TriangleFeature feature) => feature switch
    {
        TriangleFeature.Face => _faces[triangle],
        TriangleFeature.CornerA => _atCorners[_corners[3 * triangle]],
        TriangleFeature.CornerB => _atCorners[_corners[(3 * triangle) + 1]],
        TriangleFeature.CornerC => _atCorners[_corners[(3 * triangle) + 2]],
        TriangleFeature.EdgeAB => _atEdges[3 * triangle],
        TriangleFeature.EdgeBC => _atEdges[(3 * triangle) + 1],
        _ => _atEdges[(3 * triangle) + 2],
    };

    private static Vector3 Unit(Vector3 sum)
    {
        float length = sum.Length();
        return length > 0 ? sum / length : Vector3.Zero;
    }

    private static float Angle(Vector3 one, Vector3 other)
    {
        (double x, double y, double z) = (one.X, one.Y, one.Z);
        double dot = (x * other.X) + (y * other.Y) + (z * other.Z);
        double lengths = Math.Sqrt(((x * x) + (y * y) + (z * z)) * (((double)other.X * other.X) + ((double)other.Y * other.Y) + ((double)other.Z * other.Z)));
        return lengths == 0 ? 0 : (float)Math.Acos(Math.Clamp(dot / lengths, -1, 1));
    }

    // Sides with the same two ends lie next to each other after sorting and get the sum of their faces' normals.
    private void Edges(ulong[] edges, int[] sides)
    {
        Array.Sort(edges, sides);
        for (int from = 0, to; from < edges.Length; from = to)
        {
            Vector3 sum = Vector3.Zero;
            for (to = from; to < edges.Length && edges[to] == edges[from]; to++)
            {
                sum += _faces[sides[to] / 3];
            }

            sum = Unit(sum);
            for (int i = from; i < to; i++)
            {
                _atEdges[sides[i]] = sum;
            }
        }
    }
}
