namespace Codecs.Formats.Media;

/// <summary>Triangles in world space, without a tree of nodes. Everything but positions belongs to the corners of triangles.</summary>
/// <remarks>
/// Axes and units are those of glTF: right-handed, y up, metres; front faces turn counter-clockwise. V vertices, T triangles; corner c of triangle t is
/// element 3 t + c of the corner arrays. Arrays are not copied: the caller must not change them.
/// </remarks>
public sealed class Surface
{
    /// <summary>Wraps arrays.</summary>
    /// <param name="positions">Positions, float32 [V, 3], finite.</param>
    /// <param name="triangles">Vertices of each triangle, [T, 3], 0 to V - 1.</param>
    /// <exception cref="ArgumentException">An array has another length than these say, or a triangle names a vertex that does not exist.</exception>
    public Surface(float[] positions, int[] triangles)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(triangles);
        if (positions.Length % 3 != 0 || triangles.Length % 3 != 0)
        {
            throw new ArgumentException($"{positions.Length} coordinates or {triangles.Length} corners do not divide by three.");
        }

        foreach (int vertex in triangles)
        {
            if ((uint)vertex >= (uint)(positions.Length / 3))
            {
                throw new ArgumentException($"A triangle names vertex {vertex}, there are {positions.Length / 3}.", nameof(triangles));
            }
        }

        Positions = positions;
        Triangles = triangles;
    }

    /// <summary>Positions, float32 [V, 3].</summary>
    public float[] Positions { get; }

    /// <summary>Vertices of each triangle, [T, 3].</summary>
    public int[] Triangles { get; }

    /// <summary>Number of vertices, V.</summary>
    public int VertexCount => Positions.Length / 3;

    /// <summary>Number of triangles, T.</summary>
    public int TriangleCount => Triangles.Length / 3;

    /// <summary>Unit normals of the corners, float32 [T, 3, 3], or null; zero where a part of the surface has none.</summary>
    public float[]? Normals { get; init => field = Checked(value, 9, nameof(Normals)); }

    /// <summary>Texture coordinates of the corners for the base colour texture, v downwards, float32 [T, 3, 2], or null.</summary>
    public float[]? TexCoords { get; init => field = Checked(value, 6, nameof(TexCoords)); }

    /// <summary>Colours of the corners, linear RGB and alpha, float32 [T, 3, 4], or null.</summary>
    public float[]? Colors { get; init => field = Checked(value, 12, nameof(Colors)); }

    /// <summary>Material of each triangle, [T], 0 to Materials.Count - 1; null when all have the first.</summary>
    public int[]? TriangleMaterials { get; init => field = Checked(value, 1, nameof(TriangleMaterials)); }

    /// <summary>The materials, at least one.</summary>
    public IReadOnlyList<SurfaceMaterial> Materials { get; init; } = [SurfaceMaterial.Matte];

    /// <summary>Name of the model: that of the root node, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Sentences for the user about what could not be taken over, such as textures that cannot be decoded.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A surface whose normals, colours and texture coordinates belong to vertices.</summary>
    /// <param name="positions">Positions, float32 [V, 3], finite.</param>
    /// <param name="triangles">Vertices of each triangle, [T, 3].</param>
    /// <param name="normals">Unit normals, float32 [V, 3], or null.</param>
    /// <param name="colors">Linear RGB and alpha, float32 [V, 4], or null.</param>
    /// <param name="texCoords">Texture coordinates, v downwards, float32 [V, 2], or null.</param>
    /// <param name="material">The material; matte white when null.</param>
    /// <param name="name">Name of the model, or null.</param>
    /// <exception cref="ArgumentException">An array has another length than these say, or a triangle names a vertex that does not exist.</exception>
    public static Surface FromVertices(
        float[] positions,
        int[] triangles,
        float[]? normals = null,
        float[]? colors = null,
        float[]? texCoords = null,
        SurfaceMaterial? material = null,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        int vertices = positions.Length / 3;
        if ((normals?.Length ?? vertices * 3) != vertices * 3 || (colors?.Length ?? vertices * 4) != vertices * 4 || (texCoords?.Length ?? vertices * 2) != vertices * 2)
        {
            throw new ArgumentException($"Normals, colours or texture coordinates are not those of {vertices} vertices.");
        }

        return new Surface(positions, triangles)
        {
            Normals = normals is null ? null : Spread(normals, triangles, 3),
            Colors = colors is null ? null : Spread(colors, triangles, 4),
            TexCoords = texCoords is null ? null : Spread(texCoords, triangles, 2),
            Materials = [material ?? SurfaceMaterial.Matte],
            Name = name,
        };
    }

    /// <summary>The material of a triangle.</summary>
    /// <param name="triangle">The triangle, 0 to T - 1.</param>
    public SurfaceMaterial MaterialOf(int triangle) => Materials[TriangleMaterials?[triangle] ?? 0];

    /// <summary>Gives the corners what their vertices have.</summary>
    internal static float[] Spread(ReadOnlySpan<float> values, ReadOnlySpan<int> corners, int components)
    {
        float[] spread = new float[checked(corners.Length * components)];
        for (int i = 0; i < corners.Length; i++)
        {
            values.Slice(corners[i] * components, components).CopyTo(spread.AsSpan(i * components));
        }

        return spread;
    }

    private T[]? Checked<T>(T[]? values, int perTriangle, string name) => values is null || values.Length == (long)TriangleCount * perTriangle
        ? values
        : throw new ArgumentException($"{name} has {values.Length} numbers, {TriangleCount} triangles need {(long)TriangleCount * perTriangle}.", name);
}
