namespace Codecs.Metrics.Geometry;

/// <summary>The nearest of a set of points.</summary>
/// <param name="Distance">From the point asked for, in scene units.</param>
/// <param name="Index">Number of the point.</param>
public readonly record struct PointHit(float Distance, int Index);
