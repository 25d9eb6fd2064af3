namespace Codecs.Geometry.Decimation;

/// <summary>The planes that the vertices of a mesh stand for.</summary>
internal static class QuadricSetup
{
    /// <summary>Planes of the triangles, weighted by a third of their area, and planes that hold the borders.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="groups">A number for each triangle; edges between different ones are borders. Empty: all are one.</param>
    /// <param name="borderWeight">Weight of border planes.</param>
    /// <param name="isBorder">Receives which vertices lie on an edge of one, three or more triangles.</param>
    public static Quadric[] Create(CollapseMesh mesh, ReadOnlySpan<int> groups, double borderWeight, bool[] isBorder)
    {
        var quadrics = new Quadric[mesh.Points.Length];
        long[] edges = new long[mesh.Corners.Length];
        int[] triangles = new int[mesh.Corners.Length];
        int count = 0;
        for (int t = 0; t < mesh.IsDead.Length; t++)
        {
            if (mesh.IsDead[t])
            {
                continue;
            }

            Point3 normal = mesh.Normal(t);
            double size = Math.Sqrt(normal.LengthSquared);
            for (int k = 0; k < 3; k++)
            {
                int a = mesh.Corners[3 * t + k], b = mesh.Corners[3 * t + (k + 1) % 3];
                triangles[count] = 3 * t + k;
                edges[count++] = (long)Math.Min(a, b) << 32 | (uint)Math.Max(a, b);
                if (size > 0)
                {
                    Point3 unit = normal * (1 / size);
                    quadrics[a].AddPlane(unit, -Point3.Dot(unit, mesh.Points[a]), size / 6);
                }
            }
        }

        Array.Sort(edges, triangles, 0, count);
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            bool isOneGroup = true;
            for (; end < count && edges[end] == edges[start]; end++)
            {
                isOneGroup &= groups.IsEmpty || groups[triangles[end] / 3] == groups[triangles[start] / 3];
            }

            if (end - start != 2 || !isOneGroup)
            {
                HoldEdge(mesh, quadrics, triangles.AsSpan(start, end - start), borderWeight, isBorder);
            }

            start = end;
        }

        return quadrics;
    }

    // Planes through the edge, upright on its triangles.
    private static void HoldEdge(CollapseMesh mesh, Quadric[] quadrics, Span<int> corners, double weight, bool[] isBorder)
    {
        // The order of equal edges does not come out of the sort.
        corners.Sort();
        foreach (int c in corners)
        {
            int t = c / 3;
            int a = mesh.Corners[c], b = mesh.Corners[c % 3 == 2 ? c - 2 : c + 1];

            // Along a line between groups vertices may be joined like any others; only its place is held.
            isBorder[a] |= corners.Length != 2;
            isBorder[b] |= corners.Length != 2;
            Point3 along = mesh.Points[b] - mesh.Points[a], upright = Point3.Cross(along, mesh.Normal(t));
            double size = Math.Sqrt(upright.LengthSquared);
            if (size > 0)
            {
                Point3 unit = upright * (1 / size);
                double distance = -Point3.Dot(unit, mesh.Points[a]);
                quadrics[a].AddPlane(unit, distance, weight * along.LengthSquared / 6);
                quadrics[b].AddPlane(unit, distance, weight * along.LengthSquared / 6);
            }
        }
    }
}
