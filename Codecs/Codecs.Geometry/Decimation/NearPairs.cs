namespace Codecs.Geometry.Decimation;

/// <summary>Pairs of vertices of different parts that are near each other: candidates for joining parts.</summary>
internal static class NearPairs
{
    private const int MostPerVertex = 8;

    /// <summary>Finds pairs.</summary>
    /// <param name="mesh">A mesh of about unit size.</param>
    /// <param name="radius">Largest distance.</param>
    public static List<(int A, int B)> Find(CollapseMesh mesh, double radius)
    {
        int[] parts = FindParts(mesh);
        var cells = new Dictionary<(int X, int Y, int Z), List<int>>();
        var pairs = new List<(int A, int B)>();
        for (int v = 0; v < parts.Length; v++)
        {
            if (parts[v] < 0)
            {
                continue;
            }

            Point3 at = mesh.Points[v];
            (int x, int y, int z) = ((int)Math.Floor(at.X / radius), (int)Math.Floor(at.Y / radius), (int)Math.Floor(at.Z / radius));
            int found = 0;
            for (int i = 0; i < 27 && found < MostPerVertex; i++)
            {
                if (!cells.TryGetValue((x + i % 3 - 1, y + i / 3 % 3 - 1, z + i / 9 - 1), out List<int>? near))
                {
                    continue;
                }

                foreach (int other in near)
                {
                    if (parts[other] != parts[v] && (mesh.Points[other] - at).LengthSquared <= radius * radius && found++ < MostPerVertex)
                    {
                        pairs.Add((other, v));
                    }
                }
            }

            if (!cells.TryGetValue((x, y, z), out List<int>? own))
            {
                cells.Add((x, y, z), own = []);
            }

            own.Add(v);
        }

        return pairs;
    }

    // The lowest vertex of each vertex's part; -1 without triangles.
    private static int[] FindParts(CollapseMesh mesh)
    {
        int[] parts = new int[mesh.Points.Length];
        Array.Fill(parts, -1);
        for (int c = 0; c < mesh.Corners.Length; c++)
        {
            if (!mesh.IsDead[c / 3])
            {
                parts[mesh.Corners[c]] = mesh.Corners[c];
            }
        }

        for (int t = 0; t < mesh.IsDead.Length; t++)
        {
            if (!mesh.IsDead[t])
            {
                Unite(parts, mesh.Corners[3 * t], mesh.Corners[3 * t + 1]);
                Unite(parts, mesh.Corners[3 * t], mesh.Corners[3 * t + 2]);
            }
        }

        for (int v = 0; v < parts.Length; v++)
        {
            parts[v] = parts[v] < 0 ? -1 : Root(parts, v);
        }

        return parts;
    }

    private static void Unite(int[] parts, int a, int b)
    {
        (a, b) = (Root(parts, a), Root(parts, b));
        parts[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(int[] parts, int vertex)
    {
        while (parts[vertex] != vertex)
        {
            parts[vertex] = parts[parts[vertex]];
            vertex = parts[vertex];
        }

        return vertex;
    }
}
