namespace Codecs.Geometry.Triangles;

/// <summary>Triangles as corners: corner 3 t + k is corner k of triangle t. Knows the vertex of each corner and the corner across the opposite edge.</summary>
/// <remarks>Corners c and d are a pair if the edge opposite to c, from Next(c) to Previous(c), is the reverse of the one opposite to d. Around a vertex the pairs form fans, chains or rings of corners.</remarks>
internal sealed class TriangleCorners
{
    /// <summary>Creates the corners of as many triangles, without neighbours.</summary>
    public TriangleCorners(int triangles)
    {
        Vertices = new int[3 * triangles];
        Opposite = new int[3 * triangles];
        Array.Fill(Opposite, -1);
    }

    /// <summary>Vertex of each corner.</summary>
    public int[] Vertices { get; }

    /// <summary>The corner across the opposite edge, or -1.</summary>
    public int[] Opposite { get; }

    /// <summary>Number of triangles.</summary>
    public int Count => Vertices.Length / 3;

    /// <summary>The corner behind another in its triangle.</summary>
    public static int Next(int corner) => corner % 3 == 2 ? corner - 2 : corner + 1;

    /// <summary>The corner before another in its triangle.</summary>
    public static int Previous(int corner) => corner % 3 == 0 ? corner + 2 : corner - 1;

    /// <summary>Makes two corners a pair.</summary>
    public void Pair(int corner, int other)
    {
        Opposite[corner] = other;
        Opposite[other] = corner;
    }

    /// <summary>The corner of the same vertex across the edge to the next vertex, or -1.</summary>
    public int SwingNext(int corner)
    {
        int across = Opposite[Previous(corner)];
        return across < 0 ? -1 : Previous(across);
    }

    /// <summary>The corner of the same vertex across the edge from the previous vertex, or -1.</summary>
    public int SwingPrevious(int corner)
    {
        int across = Opposite[Next(corner)];
        return across < 0 ? -1 : Next(across);
    }
}
