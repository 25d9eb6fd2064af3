using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Colours that run evenly between vertices.</summary>
public sealed class VertexColors : ISurfaceColor
{
    private readonly int[] _triangles;
    private readonly Vector3[] _colors;

    /// <summary>Takes the colours of vertices; both arrays are kept, not copied.</summary>
    /// <param name="triangles">Three vertex indices a triangle.</param>
    /// <param name="colors">For each vertex red, green, blue as shown (sRGB-coded), 0..1.</param>
    /// <exception cref="ArgumentException">Indices do not come in threes or name no colour.</exception>
    public VertexColors(int[] triangles, Vector3[] colors)
    {
        ArgumentNullException.ThrowIfNull(triangles);
        ArgumentNullException.ThrowIfNull(colors);
        MeshArguments.CheckIndices(colors.Length, triangles);
        (_triangles, _colors) = (triangles, colors);
    }

    /// <inheritdoc/>
    public Vector3 At(int triangle, Vector3 barycentric) =>
        (barycentric.X * _colors[_triangles[3 * triangle]]) + (barycentric.Y * _colors[_triangles[(3 * triangle) + 1]]) + (barycentric.Z * _colors[_triangles[(3 * triangle) + 2]]);
}
