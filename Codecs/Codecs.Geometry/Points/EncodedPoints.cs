namespace Codecs.Geometry.Points;

/// <summary>A point cloud's payload.</summary>
/// <param name="Payload">The bytes.</param>
/// <param name="Parts">How many of them each kind of content took, largest first.</param>
/// <param name="Step">Distance of grid places; half of it is the largest error of a coordinate.</param>
internal sealed record EncodedPoints(byte[] Payload, IReadOnlyList<(string Part, long Bytes)> Parts, double Step);
