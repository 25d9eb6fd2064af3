using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Points spread over a surface; see <see cref="SurfaceSampler"/>. All lists have the same length.</summary>
public sealed class SurfaceSamples
{
    internal SurfaceSamples(int count)
    {
        PointArray = new Vector3[count];
        TriangleArray = new int[count];
        BarycentricArray = new Vector3[count];
        NormalArray = new Vector3[count];
    }

    /// <summary>Samples.</summary>
    public int Count => PointArray.Length;

    /// <summary>The points in scene units.</summary>
    public ReadOnlyMemory<Vector3> Points => PointArray;

    /// <summary>For each point its triangle, ascending.</summary>
    public ReadOnlyMemory<int> Triangles => TriangleArray;

    /// <summary>For each point the weights of its triangle's corners, 0..1, sum 1.</summary>
    public ReadOnlyMemory<Vector3> Barycentrics => BarycentricArray;

    /// <summary>For each point the normal of its triangle, length 1.</summary>
    public ReadOnlyMemory<Vector3> Normals => NormalArray;

    internal Vector3[] PointArray { get; }

    internal int[] TriangleArray { get; }

    internal Vector3[] BarycentricArray { get; }

    internal Vector3[] NormalArray { get; }
}
