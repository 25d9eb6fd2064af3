using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>The box around a 3D object, in the object's own units.</summary>
/// <param name="Minimum">The corner with the smallest coordinates, finite.</param>
/// <param name="Maximum">The opposite corner, not below <paramref name="Minimum"/> in any coordinate, finite.</param>
public readonly record struct BoundingBox(Vector3 Minimum, Vector3 Maximum)
{
    /// <summary>From -1 to 1 in each coordinate: the box of every Tiny file.</summary>
    public static BoundingBox Unit => new(-Vector3.One, Vector3.One);

    /// <summary>Both corners are finite and in order.</summary>
    internal bool IsValid
    {
        get
        {
            for (int i = 0; i < 3; i++)
            {
                if (!float.IsFinite(Minimum[i]) || !float.IsFinite(Maximum[i]) || Minimum[i] > Maximum[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
