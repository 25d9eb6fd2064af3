namespace Codecs.Geometry.Scenes;

/// <summary>The sections of a scene's payload. Others are skipped. The numbers are part of the payload.</summary>
internal enum SceneSection
{
    /// <summary>The glTF document without what the other sections say. First, once.</summary>
    Document = 1,

    /// <summary>Bytes of buffers that are kept.</summary>
    Data = 2,

    /// <summary>Grids of positions.</summary>
    Grids = 3,

    /// <summary>One group of primitives with the same triangles.</summary>
    Triangles = 4,

    /// <summary>One picture file.</summary>
    Image = 5,
}
