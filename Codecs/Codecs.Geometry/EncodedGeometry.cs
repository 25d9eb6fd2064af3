using Codecs.Metrics.Geometry;

namespace Codecs.Geometry;

/// <summary>A compressed 3D model and what became of it.</summary>
/// <param name="File">The .ncf file.</param>
/// <param name="Route">The route taken.</param>
/// <param name="Distance">Measured between the model and what the file decodes to; null for point clouds and where nothing was measured.</param>
/// <param name="Parts">Bytes by what they are for, largest first.</param>
/// <param name="Losses">What the file does not hold, a sentence each.</param>
/// <param name="Tried">Everything that was tried, with bytes and error in percent of the diagonal.</param>
public sealed record EncodedGeometry(
    byte[] File,
    GeometryRoute Route,
    SurfaceDistanceResult? Distance,
    IReadOnlyList<(string Part, long Bytes)> Parts,
    IReadOnlyList<string> Losses,
    IReadOnlyList<GeometryAttempt> Tried);

/// <summary>One way to compress a model that was tried.</summary>
/// <param name="Route">The route.</param>
/// <param name="Setting">What was set, such as "step 12" or "300 triangles".</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="ErrorPercent">Mean distance both ways in percent of the diagonal.</param>
public readonly record struct GeometryAttempt(GeometryRoute Route, string Setting, long Bytes, double ErrorPercent);
