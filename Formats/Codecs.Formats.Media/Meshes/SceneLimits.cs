namespace Codecs.Formats.Media;

/// <summary>How large models may be; all are checked before memory is taken.</summary>
public sealed record SceneLimits
{
    /// <summary>The defaults: 1 GiB files, 2^25 (33 million) vertices and as many triangles.</summary>
    public static SceneLimits Default { get; } = new();

    /// <summary>Largest accepted file in bytes, and most bytes of all files beside it together; default 2^30, at most what one array can hold.</summary>
    public long MaxFileBytes { get; init => field = AtLeastOne(value, Array.MaxLength); } = 1L << 30;

    /// <summary>Largest accepted glTF JSON in bytes, data: URIs included; default 2^28.</summary>
    public int MaxJsonBytes { get; init => field = (int)AtLeastOne(value, Array.MaxLength); } = 1 << 28;

    /// <summary>Most vertices of a model after its nodes are drawn (a mesh in two nodes counts twice); default 2^25.</summary>
    public int MaxVertices { get; init => field = (int)AtLeastOne(value, Array.MaxLength / 16); } = 1 << 25;

    /// <summary>Most triangles of a model after its nodes are drawn; default 2^25.</summary>
    public int MaxTriangles { get; init => field = (int)AtLeastOne(value, Array.MaxLength / 16); } = 1 << 25;

    /// <summary>Most nodes, meshes, primitives, materials or names of a model, each counted alone; default 2^20.</summary>
    public int MaxNodes { get; init => field = (int)AtLeastOne(value, int.MaxValue); } = 1 << 20;

    /// <summary>Most textures whose pixels are decoded; default 1024.</summary>
    public int MaxTextures { get; init => field = (int)AtLeastOne(value, int.MaxValue); } = 1024;

    /// <summary>Most pixels of all decoded textures together; default 2^28.</summary>
    public long MaxTexturePixels { get; init => field = AtLeastOne(value, long.MaxValue); } = 1L << 28;

    /// <summary>Refuses a count above its limit.</summary>
    /// <exception cref="LimitExceededException">The count is above the limit.</exception>
    internal static void Check(long count, long limit, string what, string name)
    {
        if (count > limit)
        {
            throw new LimitExceededException($"The model has {count} {what}; the limit is {limit} ({nameof(SceneLimits)}.{name}).");
        }
    }

    private static long AtLeastOne(long value, long most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
