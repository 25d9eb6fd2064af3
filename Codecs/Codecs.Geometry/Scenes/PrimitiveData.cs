using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>The numbers of a primitive that is going to be coded.</summary>
/// <param name="Elements">The elements of the accessors that the vertices are, ascending.</param>
/// <param name="Positions">x, y, z of each vertex, in space of the mesh, finite.</param>
/// <param name="Triangles">Three vertices a triangle.</param>
/// <param name="Attributes">The values of each <see cref="AttributeSlot"/>.</param>
/// <param name="KeepOrder">Something refers to vertices by number, so all stay where they are.</param>
internal sealed record PrimitiveData(int[] Elements, float[] Positions, int[] Triangles, IReadOnlyList<VertexValues> Attributes, bool KeepOrder);
