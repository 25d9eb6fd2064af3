namespace Codecs.Geometry.Triangles;

/// <summary>What stored values of a layer mean: value v of component i is Offsets[i] + v * Step.</summary>
/// <param name="Step">Distance of values, finite.</param>
/// <param name="Offsets">One for each component, finite.</param>
public sealed record AttributeFrame(float Step, IReadOnlyList<float> Offsets);
