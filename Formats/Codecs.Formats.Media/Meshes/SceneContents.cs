namespace Codecs.Formats.Media;

/// <summary>What is in a scene; each mesh counts once, however many nodes draw it.</summary>
public sealed record SceneContents
{
    /// <summary>Triangles of all meshes, degenerate ones included; strips and fans are counted by their triangles.</summary>
    public long Triangles { get; init; }

    /// <summary>Vertices of all primitives that have triangles.</summary>
    public long Vertices { get; init; }

    /// <summary>Points of all point primitives.</summary>
    public long Points { get; init; }

    /// <summary>Lines of all line primitives.</summary>
    public long Lines { get; init; }

    /// <summary>Nodes.</summary>
    public int Nodes { get; init; }

    /// <summary>Meshes.</summary>
    public int Meshes { get; init; }

    /// <summary>Primitives of all meshes.</summary>
    public int Primitives { get; init; }

    /// <summary>Materials.</summary>
    public int Materials { get; init; }

    /// <summary>Textures.</summary>
    public int Textures { get; init; }

    /// <summary>Images.</summary>
    public int Images { get; init; }

    /// <summary>Bytes of all image files.</summary>
    public long ImageBytes { get; init; }

    /// <summary>Skins.</summary>
    public int Skins { get; init; }

    /// <summary>Animations.</summary>
    public int Animations { get; init; }

    /// <summary>Morph targets of all primitives.</summary>
    public int MorphTargets { get; init; }

    /// <summary>Cameras.</summary>
    public int Cameras { get; init; }

    /// <summary>Lights of KHR_lights_punctual.</summary>
    public int Lights { get; init; }

    /// <summary>True when a primitive has normals.</summary>
    public bool HasNormals { get; init; }

    /// <summary>True when a primitive has vertex colours.</summary>
    public bool HasColors { get; init; }

    /// <summary>True when a primitive has texture coordinates.</summary>
    public bool HasTexCoords { get; init; }

    /// <summary>True when anything carries extras.</summary>
    public bool HasExtras { get; init; }

    /// <summary>Extensions in use.</summary>
    public IReadOnlyList<string> ExtensionsUsed { get; init; } = [];

    /// <summary>Extensions without which the scene is not what it should be.</summary>
    public IReadOnlyList<string> ExtensionsRequired { get; init; } = [];
}
