namespace Codecs.Formats.Media;

/// <summary>The formats of 3D models that can be read and written.</summary>
public enum SceneFormat
{
    /// <summary>Binary glTF 2.0: everything in one file.</summary>
    Glb,

    /// <summary>glTF 2.0 as JSON, with files beside it or data: URIs; written as one file with data: URIs.</summary>
    Gltf,

    /// <summary>Wavefront OBJ with its materials (.mtl) and pictures beside it; text.</summary>
    Obj,

    /// <summary>PLY (Stanford): a mesh or a point cloud with colours and normals; text or binary, written little-endian.</summary>
    Ply,

    /// <summary>STL: triangles and nothing else; text or binary, written binary.</summary>
    Stl,
}
