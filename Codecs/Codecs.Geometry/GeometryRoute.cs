namespace Codecs.Geometry;

/// <summary>How a 3D model is compressed.</summary>
public enum GeometryRoute
{
    /// <summary>Whichever has the least measured error within the bytes, or the fewest bytes within the error.</summary>
    Auto,

    /// <summary>Squeeze3D: an ordered code of a generator of distance fields, for some hundred bytes. A new surface: triangles, UVs and parts are lost.</summary>
    Squeeze3d,

    /// <summary>The distance field's cosine transform: no network, for some hundred bytes to some thousand. A new surface as well.</summary>
    Transform,

    /// <summary>The model's own triangles, quantised: scene, materials, UVs and images stay.</summary>
    Mesh,

    /// <summary>Fewer triangles, then as <see cref="Mesh"/>.</summary>
    Decimated,
}
