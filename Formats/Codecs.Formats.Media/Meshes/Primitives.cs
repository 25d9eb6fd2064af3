namespace Codecs.Formats.Media;

/// <summary>Counts and makes the triangles of a primitive.</summary>
internal static class Primitives
{
    public static int TriangleCount(PrimitiveMode mode, int elements) => mode switch
    {
        PrimitiveMode.Triangles => elements / 3,
        PrimitiveMode.TriangleStrip or PrimitiveMode.TriangleFan => Math.Max(0, elements - 2),
        _ => 0,
    };

    public static int LineCount(PrimitiveMode mode, int elements) => mode switch
    {
        PrimitiveMode.Lines => elements / 2,
        PrimitiveMode.LineLoop => elements < 2 ? 0 : elements,
        PrimitiveMode.LineStrip => Math.Max(0, elements - 1),
        _ => 0,
    };

    /// <summary>Which elements each triangle joins, in the order of glTF 2.0, 3.7.2.1: all triangles of a strip turn the same way.</summary>
    public static int[] Triangulate(PrimitiveMode mode, ReadOnlySpan<int> elements)
    {
        int count = TriangleCount(mode, elements.Length);
        int[] triangles = new int[count * 3];
        for (int i = 0, at = 0; i < count; i++, at += 3)
        {
            (int a, int b, int c) = mode switch
            {
                PrimitiveMode.Triangles => (at, at + 1, at + 2),
                PrimitiveMode.TriangleStrip => (i, i + 1 + (i % 2), i + 2 - (i % 2)),
                _ => (i + 1, i + 2, 0),
            };
            triangles[at] = elements[a];
            triangles[at + 1] = elements[b];
            triangles[at + 2] = elements[c];
        }

        return triangles;
    }
}
