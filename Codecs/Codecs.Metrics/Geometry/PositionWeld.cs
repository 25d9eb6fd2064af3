using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Vertices that lie at exactly the same place taken as one, as where a mesh was cut open for its texture.</summary>
public sealed class PositionWeld
{
    private readonly int[] _indices;

    /// <summary>Finds the vertices that share a place.</summary>
    /// <param name="positions">Vertices; equal means equal in all bits, except that both zeros are one.</param>
    public PositionWeld(ReadOnlySpan<Vector3> positions)
    {
        _indices = new int[positions.Length];
        Dictionary<Vector3, int> seen = new(positions.Length);
        for (int i = 0; i < positions.Length; i++)
        {
            if (!seen.TryGetValue(positions[i], out int index))
            {
                index = seen.Count;
                seen.Add(positions[i], index);
            }

            _indices[i] = index;
        }

        Count = seen.Count;
    }

    /// <summary>Different places.</summary>
    public int Count { get; }

    /// <summary>For each vertex the number of its place, 0 to <see cref="Count"/> - 1, in order of first appearance.</summary>
    public ReadOnlySpan<int> Indices => _indices;
}
