namespace Codecs.Geometry;

/// <summary>What an encoder of 3D models aims at. Set at most one of the targets; without one the model keeps its triangles, quantised to <see cref="PositionBits"/>.</summary>
public sealed record GeometryEncoderOptions
{
    private readonly long? _targetBytes;
    private readonly double? _maxErrorPercent;

    /// <summary>The options in force when none are given.</summary>
    public static GeometryEncoderOptions Default { get; } = new();

    /// <summary>The route, or <see cref="GeometryRoute.Auto"/>.</summary>
    public GeometryRoute Route { get; init; }

    /// <summary>Largest file in bytes, above 0; never exceeded.</summary>
    public long? TargetBytes
    {
        get => _targetBytes;
        init => _targetBytes = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Target bytes must be above 0.");
    }

    /// <summary>Largest mean distance between the surfaces, both ways, in percent of the bounding box's diagonal; above 0.</summary>
    public double? MaxErrorPercent
    {
        get => _maxErrorPercent;
        init => _maxErrorPercent = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An error must be above 0 percent.");
    }

    /// <summary>Search of the encoder, 0 (none) to 9; each level doubles the time of <see cref="GeometryRoute.Squeeze3d"/>, which fits its code to the model.</summary>
    public int Effort { get; init => field = value is >= 0 and <= 9 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Effort lies in 0..9."); } = 3;

    /// <summary>Bits of a coordinate along the longest side of the scene, 6 to 20.</summary>
    public int PositionBits { get; init => field = InRange(value, 6, 20, nameof(PositionBits)); } = 11;

    /// <summary>Bits of a texture coordinate, 6 to 16.</summary>
    public int TexCoordBits { get; init => field = InRange(value, 6, 16, nameof(TexCoordBits)); } = 12;

    /// <summary>Bits of each of a normal's two numbers, 4 to 14.</summary>
    public int NormalBits { get; init => field = InRange(value, 4, 14, nameof(NormalBits)); } = 8;

    /// <summary>Keep order of triangles and vertices: larger files.</summary>
    public bool KeepOrder { get; init; }

    /// <summary>Quality of images, 1 to 100, through the suite's picture codec; null leaves their files as they are.</summary>
    public double? ImageQuality { get; init => field = value is null or (>= 1 and <= 100) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Quality lies in 1..100."); }

    /// <summary>Carry colour (default). Without it routes that make a new surface give it one colour.</summary>
    public bool Color { get; init; } = true;

    /// <summary>Go on where a route would lose animations, skins or morph targets, which otherwise is refused.</summary>
    public bool AllowLoss { get; init; }

    private static int InRange(int value, int low, int high, string name) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} lies in {low}..{high}.");
}
