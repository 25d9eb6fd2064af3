using System.Numerics;

namespace Codecs.Geometry.Colour;

/// <summary>What a carrier says: the colour of a place in space on a surface that looks some way. Asked from several threads at once.</summary>
internal interface ISpaceColour
{
    /// <summary>The colour of a place.</summary>
    /// <param name="point">On the decoded surface, scene units.</param>
    /// <param name="normal">Of the surface there, length 1 or zero.</param>
    /// <returns>Red, green, blue as shown (sRGB-coded), 0..1.</returns>
    Vector3 At(Vector3 point, Vector3 normal);
}
