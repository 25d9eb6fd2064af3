using System.Numerics;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>A mesh to take pictures of. Arrays are kept, not copied.</summary>
public sealed class RenderModel
{
    /// <summary>Takes a mesh.</summary>
    /// <param name="positions">Vertices; those in use finite, from -1e18 to 1e18.</param>
    /// <param name="triangles">Three vertex indices a triangle, anticlockwise seen from outside.</param>
    /// <param name="normals">For each vertex a normal of any length above 0; without them triangles are flat.</param>
    /// <param name="color">Colours; white when left out.</param>
    /// <exception cref="ArgumentException">The mesh is not one, or the number of normals is not that of vertices.</exception>
    public RenderModel(Vector3[] positions, int[] triangles, Vector3[]? normals = null, ISurfaceColor? color = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(triangles);
        MeshArguments.Check(positions, triangles);
        if (normals is not null && normals.Length != positions.Length)
        {
            throw new ArgumentException($"A normal for each of {positions.Length} vertices is needed, found {normals.Length}.", nameof(normals));
        }

        (Positions, Triangles, Normals, Color) = (positions, triangles, normals, color);
        (Low, High) = (Vector3.Zero, Vector3.Zero);
        for (int i = 0; i < triangles.Length; i++)
        {
            Vector3 position = positions[triangles[i]];
            Low = i == 0 ? position : Vector3.Min(Low, position);
            High = i == 0 ? position : Vector3.Max(High, position);
        }
    }

    /// <summary>Colours, if there are any.</summary>
    public ISurfaceColor? Color { get; }

    /// <summary>Middle of the bounding box.</summary>
    public Vector3 Center => (Low + High) / 2;

    /// <summary>Half of the bounding box's diagonal, scene units: no part lies farther from <see cref="Center"/>.</summary>
    public float Radius => Vector3.Distance(Low, High) / 2;

    internal Vector3[] Positions { get; }

    internal int[] Triangles { get; }

    internal Vector3[]? Normals { get; }

    internal Vector3 Low { get; }

    internal Vector3 High { get; }
}
