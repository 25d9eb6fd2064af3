namespace Codecs.Formats.Media;

/// <summary>A corner of an OBJ face: places in the lists of vertices, texture coordinates and normals; -1 where there is none.</summary>
internal readonly record struct ObjCorner(int Vertex, int TexCoord, int Normal);
