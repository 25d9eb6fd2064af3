namespace Codecs.Geometry.Scenes;

/// <summary>A scene's payload.</summary>
/// <param name="Payload">The bytes.</param>
/// <param name="Parts">How many of them each kind of content took, largest first.</param>
/// <param name="Primitives">Primitives whose triangles are coded.</param>
/// <param name="KeptPrimitives">Primitives whose accessors are kept as they are.</param>
/// <param name="LargestStep">Largest distance of grid places, in units of the meshes; 0 without coded triangles. Half of it is the largest error of a coordinate.</param>
internal sealed record EncodedScene(byte[] Payload, IReadOnlyList<(string Part, long Bytes)> Parts, int Primitives, int KeptPrimitives, double LargestStep);
