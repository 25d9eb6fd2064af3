using System.Numerics;

namespace Codecs.Geometry.Fields;

/// <summary>Signed distances on the nodes of a cube, truncated: -1 deep inside, 0 on the surface, 1 outside.</summary>
/// <remarks>Node i of an axis lies at -1 + 2 i / (size - 1). A value of 1 is <see cref="BandCells"/> cells away or more (B. Curless, M. Levoy, 1996: TSDF).</remarks>
internal sealed class DistanceVolume
{
    /// <summary>Distance at which values are truncated, in cells.</summary>
    internal const int BandCells = 3;

    /// <summary>Fewest and most nodes of an axis.</summary>
    internal const int MinSize = 8, MaxSize = 256;

    /// <param name="size">Nodes of an axis.</param>
    /// <param name="values">size^3 values, x first; kept.</param>
    internal DistanceVolume(int size, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, MinSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, size * size * size);
        (Size, Values) = (size, values);
    }

    /// <summary>Nodes of an axis.</summary>
    internal int Size { get; }

    /// <summary>Values, [z, y, x].</summary>
    internal float[] Values { get; }

    /// <summary>Distance between two nodes in the field.</summary>
    internal static float CellOf(int size) => 2f / (size - 1);

    /// <summary>Place of a node in the field.</summary>
    internal static Vector3 NodeAt(int size, int x, int y, int z) => new Vector3(x, y, z) * CellOf(size) - Vector3.One;
}
