namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Size and kind of pictures.</summary>
public sealed record RenderOptions
{
    private const int LargestSide = 8192;
    private const int MostSupersampling = 8;

    private readonly int _width = 256;
    private readonly int _height = 256;
    private readonly int _supersampling = 2;

    /// <summary>Width in pixels, 1 to 8192.</summary>
    public int Width
    {
        get => _width;
        init => _width = Checked(value, LargestSide, nameof(Width));
    }

    /// <summary>Height in pixels, 1 to 8192.</summary>
    public int Height
    {
        get => _height;
        init => _height = Checked(value, LargestSide, nameof(Height));
    }

    /// <summary>Samples a pixel in each direction, 1 to 8; work grows with the square.</summary>
    public int Supersampling
    {
        get => _supersampling;
        init => _supersampling = Checked(value, MostSupersampling, nameof(Supersampling));
    }

    /// <summary>Turns normals that point away from the camera round, for meshes whose triangles do not all run the same way.</summary>
    public bool TwoSided { get; init; }

    /// <summary>Pictures to make.</summary>
    public RenderPass Passes { get; init; } = RenderPass.Shading;

    private static int Checked(int value, int most, string name) =>
        value >= 1 && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 to {most}.");
}
