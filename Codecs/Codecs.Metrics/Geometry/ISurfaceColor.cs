using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>The colour of each place of a surface. Called from several threads at once.</summary>
public interface ISurfaceColor
{
    /// <summary>The colour at a place.</summary>
    /// <param name="triangle">Triangle, as the mesh numbers them.</param>
    /// <param name="barycentric">Weights of its corners, 0..1, sum 1.</param>
    /// <returns>Red, green, blue as shown (sRGB-coded), 0..1.</returns>
    Vector3 At(int triangle, Vector3 barycentric);
}
