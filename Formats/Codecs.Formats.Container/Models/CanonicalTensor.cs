namespace Codecs.Formats.Container;

/// <summary>One tensor as it enters a fingerprint.</summary>
/// <param name="Name">Its name, unique in the set.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar; each below 2^32.</param>
/// <param name="Bytes">The elements, little-endian, row-major, without gaps.</param>
public readonly record struct CanonicalTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes);
