namespace Codecs.Geometry.Triangles;

/// <summary>A payload, and where its points and corners came from.</summary>
/// <param name="Payload">The bytes.</param>
/// <param name="VertexOrder">For each point that the decoder gives, the index of the point that was encoded.</param>
/// <param name="CornerOrder">For each corner that the decoder gives, the corner that was encoded: triangles change their order and start with another corner, never their orientation.</param>
public sealed record EncodedTriangles(byte[] Payload, int[] VertexOrder, int[] CornerOrder)
{
    /// <summary>Bytes of what the payload is made of, to within a few: connectivity, positions, each layer. Header and check are the rest.</summary>
    public IReadOnlyList<int> PartBytes { get; init; } = [];
}
