namespace Codecs.Geometry.Triangles;

/// <summary>Triangles over welded vertices.</summary>
/// <param name="Triangles">The triangles.</param>
/// <param name="SourceTriangles">For each of them the triangle of the input.</param>
/// <param name="SourceVertices">For each of its points the first vertex of the input that lies there.</param>
public sealed record WeldedTriangles(IndexedTriangles Triangles, int[] SourceTriangles, int[] SourceVertices);
