namespace Codecs.Formats.Container;

/// <summary>Something that each point, vertex, voxel or splat has besides its place.</summary>
/// <param name="Kind">0 normal, 1 colour, 2 texture coordinate, 3 opacity, 4 scale, 5 rotation, 6 distance; others are kept.</param>
/// <param name="Components">Numbers per element, 1..255.</param>
/// <param name="Type">Type of the decoded numbers.</param>
public readonly record struct GeometryChannel(byte Kind, byte Components, ElementType Type);
