namespace Codecs.Formats.Container;

/// <summary>What a 3D object is made of; the numbers are part of the format.</summary>
public enum GeometryPrimitive : byte
{
    /// <summary>Points.</summary>
    Points = 0,

    /// <summary>Triangles; the vertices are counted.</summary>
    Mesh = 1,

    /// <summary>A field on a grid, such as a signed distance; the grid points are counted.</summary>
    Voxels = 2,

    /// <summary>Gaussian splats.</summary>
    Splats = 3,
}
