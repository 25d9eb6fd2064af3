namespace Codecs.Geometry.Triangles;

/// <summary>An attribute as glTF has it: floats for each vertex.</summary>
/// <param name="Kind">What it means. Normals have 3 components, tangents 4 (the last is the sign of the bitangent), others any number up to 16.</param>
/// <param name="Components">Components of a vertex.</param>
/// <param name="Values">The components of each vertex, finite.</param>
/// <param name="Bits">Bits of a quantised component, 1..20. Texture coordinates: of one unit, wider ranges take more. Joints: not used, as many as the largest number needs.</param>
public sealed record VertexValues(AttributeKind Kind, int Components, ReadOnlyMemory<float> Values, int Bits);
