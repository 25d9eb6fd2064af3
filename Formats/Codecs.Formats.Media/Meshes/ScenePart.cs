namespace Codecs.Formats.Media;

/// <summary>One primitive as one node shows it, in world space; only vertices that are used.</summary>
internal sealed class ScenePart
{
    /// <summary>Name of the node, else of the mesh, or null.</summary>
    public required string? Name { get; init; }

    /// <summary>The material's place in the document, or -1.</summary>
    public required int Material { get; init; }

    /// <summary>float32 [V, 3].</summary>
    public required float[] Positions { get; init; }

    /// <summary>float32 [V, 3], of unit length.</summary>
    public float[]? Normals { get; init; }

    /// <summary>Linear, float32 [V, 4].</summary>
    public float[]? Colors { get; init; }

    /// <summary>As the base colour texture takes them, float32 [V, 2].</summary>
    public float[]? TexCoords { get; init; }

    /// <summary>[T, 3]; empty for points.</summary>
    public required int[] Triangles { get; init; }

    /// <summary>True when the vertices are points of a cloud.</summary>
    public bool IsPoints { get; init; }

    /// <summary>Number of vertices.</summary>
    public int VertexCount => Positions.Length / 3;
}
