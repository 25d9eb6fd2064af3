namespace Codecs.Geometry.Triangles;

/// <summary>What the header says of a layer.</summary>
internal sealed record LayerShape(AttributeKind Kind, int Components, int Bits, AttributeFrame? Frame);
