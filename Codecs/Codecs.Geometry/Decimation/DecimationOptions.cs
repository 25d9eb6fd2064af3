namespace Codecs.Geometry.Decimation;

/// <summary>How far and how a mesh is simplified.</summary>
public sealed record DecimationOptions
{
    /// <summary>Wanted number of triangles, 0 or more. What cannot be reached without breaking the shape's rules stays above it, unless <see cref="IsAggressive"/>.</summary>
    public int TargetTriangles { get; init; }

    /// <summary>Largest error of a collapse in units of the positions, as the quadrics see it: root of the mean squared distance to the planes that a vertex stands for. Infinite by default.</summary>
    public double MaxError { get; init; } = double.PositiveInfinity;

    /// <summary>Goes on where collapses would change the topology, turn triangles over or join parts: small holes close, small parts melt or vanish, and every target is reached.</summary>
    public bool IsAggressive { get; init; }

    /// <summary>Largest turn of a triangle in a collapse, in degrees, above 0 and at most 90.</summary>
    public double MaxTurn { get; init; } = 75;

    /// <summary>Weight of the planes that hold borders in place, relative to that of the surface.</summary>
    public double BorderWeight { get; init; } = 100;
}
