namespace Codecs.Geometry.Triangles;

/// <summary>The corners of one vertex that hang together, each once: from a corner forwards, then, in an open fan, from there backwards.</summary>
internal static class FanGather
{
    /// <summary>Lists a fan.</summary>
    /// <param name="mesh">The triangles.</param>
    /// <param name="corner">Where to start.</param>
    /// <param name="fan">Receives the corners; grows.</param>
    /// <returns>Their number.</returns>
    public static int List(TriangleCorners mesh, int corner, ref int[] fan)
    {
        int count = 0;
        int at = corner;
        do
        {
            Add(ref fan, count++, at);
            at = mesh.SwingNext(at);
        }
        while (at >= 0 && at != corner);
        if (at < 0)
        {
            for (at = mesh.SwingPrevious(corner); at >= 0; at = mesh.SwingPrevious(at))
            {
                Add(ref fan, count++, at);
            }
        }

        return count;
    }

    private static void Add(ref int[] fan, int index, int corner)
    {
        if (index == fan.Length)
        {
            Array.Resize(ref fan, 2 * index);
        }

        fan[index] = corner;
    }
}
