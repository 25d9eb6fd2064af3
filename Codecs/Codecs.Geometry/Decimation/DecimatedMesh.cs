namespace Codecs.Geometry.Decimation;

/// <summary>A simplified mesh.</summary>
/// <param name="Positions">x, y, z of each vertex that a triangle uses.</param>
/// <param name="Triangles">Three vertices a triangle.</param>
/// <param name="SourceTriangles">For each triangle the one of the input that it is what is left of, so that materials can be looked up; its corners are in the same order.</param>
/// <param name="Error">Largest error of a collapse in units of the positions, see <see cref="DecimationOptions.MaxError"/>.</param>
public sealed record DecimatedMesh(float[] Positions, int[] Triangles, int[] SourceTriangles, double Error);
