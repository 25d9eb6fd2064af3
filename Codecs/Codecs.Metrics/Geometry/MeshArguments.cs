using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Checks of a caller's mesh.</summary>
internal static class MeshArguments
{
    /// <summary>Coordinates beyond this are refused: their squares, and sums of those, must be finite as floats.</summary>
    public const float LargestCoordinate = 1e18f;

    /// <summary>Indices come in threes and exist, and the vertices they name are finite.</summary>
    public static void Check(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles)
    {
        CheckIndices(positions.Length, triangles);
        foreach (int index in triangles)
        {
            CheckPosition(positions[index], index);
        }
    }

    /// <summary>Indices come in threes and exist.</summary>
    public static void CheckIndices(int vertices, ReadOnlySpan<int> triangles)
    {
        if (triangles.Length % 3 != 0)
        {
            throw new ArgumentException($"Three indices a triangle are needed, found {triangles.Length} indices.", nameof(triangles));
        }

        for (int i = 0; i < triangles.Length; i++)
        {
            if ((uint)triangles[i] >= (uint)vertices)
            {
                throw new ArgumentException($"Triangle {i / 3} names vertex {triangles[i]}; there are {vertices} vertices.", nameof(triangles));
            }
        }
    }

    /// <summary>A position is finite and not beyond <see cref="LargestCoordinate"/>.</summary>
    public static void CheckPosition(Vector3 position, int index)
    {
        Vector3 size = Vector3.Abs(position);
        if (!(size.X <= LargestCoordinate && size.Y <= LargestCoordinate && size.Z <= LargestCoordinate))
        {
            throw new ArgumentException($"Vertex {index} lies at {position}; coordinates from -{LargestCoordinate} to {LargestCoordinate} are needed.", nameof(position));
        }
    }
}
