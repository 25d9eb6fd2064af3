namespace Codecs.Formats.Media;

/// <summary>Merges vertices at exactly the same place.</summary>
internal static class VertexWelder
{
    /// <summary>Renumbers triangles in place; vertices keep their order of first appearance.</summary>
    /// <param name="positions">[V, 3].</param>
    /// <param name="triangles">Vertices of the corners; renumbered.</param>
    /// <returns>The positions that remain.</returns>
    public static float[] Weld(ReadOnlySpan<float> positions, Span<int> triangles)
    {
        int vertices = positions.Length / 3, count = 0;
        int[] places = new int[vertices];
        var seen = new Dictionary<(float X, float Y, float Z), int>(vertices);
        float[] kept = new float[positions.Length];
        for (int i = 0; i < vertices; i++)
        {
            // Adding zero makes -0 and 0 one place.
            (float X, float Y, float Z) place = (positions[i * 3] + 0f, positions[(i * 3) + 1] + 0f, positions[(i * 3) + 2] + 0f);
            if (!seen.TryGetValue(place, out int at))
            {
                at = count++;
                seen.Add(place, at);
                (kept[at * 3], kept[(at * 3) + 1], kept[(at * 3) + 2]) = place;
            }

            places[i] = at;
        }

        foreach (ref int vertex in triangles)
        {
            vertex = places[vertex];
        }

        return kept[..(count * 3)];
    }
}
