namespace Codecs.Formats.Media;

/// <summary>How a scene is made one surface.</summary>
public sealed record SurfaceOptions
{
    /// <summary>The defaults: textures are decoded, vertices stay as the model has them.</summary>
    public static SurfaceOptions Default { get; } = new();

    /// <summary>Decode base colour textures; default true.</summary>
    public bool DecodeTextures { get; init; } = true;

    /// <summary>Merge vertices at exactly the same place, whatever normals or texture coordinates they have; default false.</summary>
    public bool Weld { get; init; }

    /// <summary>Limits on vertices, triangles and textures.</summary>
    public SceneLimits Limits { get; init; } = SceneLimits.Default;
}
