namespace Codecs.Geometry.Triangles;

/// <summary>Finds neighbours of triangles whose order is kept: the i-th corner across an edge in one direction and the i-th in the other are a pair. Degenerate triangles have none.</summary>
internal static class EdgePairs
{
    /// <summary>Pairs all corners.</summary>
    /// <param name="mesh">The triangles.</param>
    /// <param name="vertices">Number of vertices.</param>
    public static void Find(TriangleCorners mesh, int vertices)
    {
        int[] corners = mesh.Vertices;
        int[] first = new int[vertices + 1];
        for (int c = 0; c < corners.Length; c++)
        {
            first[Math.Min(From(mesh, c), To(mesh, c)) + 1]++;
        }

        for (int i = 0; i < vertices; i++)
        {
            first[i + 1] += first[i];
        }

        // Edges by their lower end (bucket), then their upper end, direction and corner.
        long[] edges = new long[corners.Length];
        int[] fill = first[..^1];
        for (int c = 0; c < corners.Length; c++)
        {
            int from = From(mesh, c), to = To(mesh, c);
            edges[fill[Math.Min(from, to)]++] = (long)Math.Max(from, to) << 33 | (from < to ? 0L : 1L << 32) | (uint)c;
        }

        for (int i = 0; i < vertices; i++)
        {
            Span<long> bucket = edges.AsSpan(first[i], first[i + 1] - first[i]);
            bucket.Sort();
            PairBucket(mesh, bucket);
        }
    }

    private static void PairBucket(TriangleCorners mesh, Span<long> bucket)
    {
        for (int start = 0; start < bucket.Length;)
        {
            int end = start, turn = start;
            for (; end < bucket.Length && bucket[end] >> 33 == bucket[start] >> 33; end++)
            {
                turn += (bucket[end] >> 32 & 1) == 0 ? 1 : 0;
            }

            int forwards = start, backwards = turn;
            while (forwards < turn && backwards < end)
            {
                int one = (int)bucket[forwards], other = (int)bucket[backwards];
                if (IsDegenerate(mesh, one))
                {
                    forwards++;
                }
                else if (IsDegenerate(mesh, other))
                {
                    backwards++;
                }
                else
                {
                    mesh.Pair(one, other);
                    forwards++;
                    backwards++;
                }
            }

            start = end;
        }
    }

    private static int From(TriangleCorners mesh, int corner) => mesh.Vertices[TriangleCorners.Next(corner)];

    private static int To(TriangleCorners mesh, int corner) => mesh.Vertices[TriangleCorners.Previous(corner)];

    private static bool IsDegenerate(TriangleCorners mesh, int corner)
    {
        int a = mesh.Vertices[corner], b = From(mesh, corner), c = To(mesh, corner);
        return a == b || b == c || c == a;
    }
}
