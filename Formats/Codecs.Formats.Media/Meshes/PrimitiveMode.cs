namespace Codecs.Formats.Media;

/// <summary>How the elements of a primitive are joined (glTF 2.0, 3.7.2.1).</summary>
internal enum PrimitiveMode
{
    Points,
    Lines,
    LineLoop,
    LineStrip,
    Triangles,
    TriangleStrip,
    TriangleFan,
}
