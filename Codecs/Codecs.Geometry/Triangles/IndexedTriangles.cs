namespace Codecs.Geometry.Triangles;

/// <summary>Triangles over points on a grid, with values at their corners. Any set of triangles is allowed: open, non-manifold, repeated, degenerate, none.</summary>
public sealed class IndexedTriangles
{
    /// <summary>Takes triangles over; nothing is copied.</summary>
    /// <param name="positions">The points.</param>
    /// <param name="corners">Index of the point of each corner, three a triangle.</param>
    /// <param name="layers">Values at the corners, at most 255 layers.</param>
    /// <exception cref="ArgumentException">A number is out of range, or a layer belongs to other triangles.</exception>
    public IndexedTriangles(GridPositions positions, int[] corners, IReadOnlyList<AttributeLayer>? layers = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Length % 3 != 0)
        {
            throw new ArgumentException($"{corners.Length} corners; expected three for each triangle.", nameof(corners));
        }

        foreach (int corner in corners)
        {
            if ((uint)corner >= (uint)positions.Count)
            {
                throw new ArgumentException($"A corner has point {corner} of {positions.Count}.", nameof(corners));
            }
        }

        layers ??= [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layers.Count, byte.MaxValue, nameof(layers));
        foreach (AttributeLayer layer in layers)
        {
            if (layer.Corners.Length != corners.Length)
            {
                throw new ArgumentException($"A layer has {layer.Corners.Length} corners, the triangles {corners.Length}.", nameof(layers));
            }
        }

        (Positions, Corners, Layers) = (positions, corners, layers);
    }

    /// <summary>The points.</summary>
    public GridPositions Positions { get; }

    /// <summary>Index of the point of each corner.</summary>
    public int[] Corners { get; }

    /// <summary>Values at the corners.</summary>
    public IReadOnlyList<AttributeLayer> Layers { get; }

    /// <summary>Number of triangles.</summary>
    public int Count => Corners.Length / 3;
}
