namespace Codecs.Geometry.Triangles;

/// <summary>A layer's own triangles: their vertices are entries, and only triangles that share the entries of both ends of an edge are neighbours. Charts of a texture are parts of it.</summary>
internal static class LayerMesh
{
    /// <summary>Makes the triangles of a layer.</summary>
    /// <param name="mesh">The triangles of the positions.</param>
    /// <param name="entries">Entry of each corner.</param>
    public static TriangleCorners Create(TriangleCorners mesh, int[] entries)
    {
        var layer = new TriangleCorners(mesh.Count);
        entries.CopyTo(layer.Vertices, 0);
        for (int c = 0; c < entries.Length; c++)
        {
            int across = mesh.Opposite[c];
            if (across > c && entries[TriangleCorners.Next(c)] == entries[TriangleCorners.Previous(across)]
                && entries[TriangleCorners.Previous(c)] == entries[TriangleCorners.Next(across)])
            {
                layer.Pair(c, across);
            }
        }

        return layer;
    }

    /// <summary>Number of entries.</summary>
    public static int CountEntries(int[] entries)
    {
        int count = 0;
        foreach (int entry in entries)
        {
            count = Math.Max(count, entry + 1);
        }

        return count;
    }

    /// <summary>The normal of each entry, weighted by area, in octahedral coordinates: what a viewer computes for a smooth surface with these seams. Integers only.</summary>
    /// <param name="mesh">The triangles of the positions.</param>
    /// <param name="positions">Places of the vertices on each axis.</param>
    /// <param name="entries">Entry of each corner.</param>
    /// <param name="count">Number of entries.</param>
    /// <param name="bits">Bits of a coordinate.</param>
    public static int[][] ComputeNormals(TriangleCorners mesh, int[][] positions, int[] entries, int count, int bits)
    {
        long[] normals = new long[3 * count];
        int[] x = positions[0], y = positions[1], z = positions[2];
        for (int c = 0; c < entries.Length; c += 3)
        {
            int o = mesh.Vertices[c], n = mesh.Vertices[c + 1], p = mesh.Vertices[c + 2];
            long ux = x[n] - x[o], uy = y[n] - y[o], uz = z[n] - z[o];
            long vx = x[p] - x[o], vy = y[p] - y[o], vz = z[p] - z[o];

            // Below 2^41 each with 20 bits: sums over 2^22 corners do not overflow, and more only predict badly.
            long nx = uy * vz - uz * vy, ny = uz * vx - ux * vz, nz = ux * vy - uy * vx;
            for (int k = 0; k < 3; k++)
            {
                int at = 3 * entries[c + k];
                normals[at] += nx;
                normals[at + 1] += ny;
                normals[at + 2] += nz;
            }
        }

        int[][] computed = [new int[count], new int[count]];
        for (int i = 0; i < count; i++)
        {
            (computed[0][i], computed[1][i]) = Octahedral.Encode(normals[3 * i], normals[3 * i + 1], normals[3 * i + 2], bits);
        }

        return computed;
    }
}
