using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Training.Squeeze3d.Shapes;

/// <summary>Turns random solids into volumes of exact distances, as meshes are: the surface is extracted first.</summary>
internal static class ShapeVolume
{
    private const int CoarseNodes = 28, FineNodes = 52, FewestTriangles = 60;
    private const float Room = 2.2f, Margin = 0.06f;

    /// <summary>The surface of a solid.</summary>
    /// <returns>Null when there is none to speak of.</returns>
    internal static TriangleTree? Surface(Solid solid)
    {
        if (Bounds(solid) is not var (low, high))
        {
            return null;
        }

        Vector3 center = (low + high) / 2;
        Vector3 half = (high - low) / 2;
        float extent = Math.Max(half.X, Math.Max(half.Y, half.Z)) * (1 + Margin);
        float[] values = Evaluate(solid, center, extent, FineNodes);
        (Vector3[] positions, int[] triangles) = SurfaceNets.Extract(values, FineNodes);
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = center + (positions[i] * extent);
        }

        return triangles.Length >= FewestTriangles * 3 ? TriangleTree.Build(positions, triangles) : null;
    }

    /// <summary>The volume of a solid.</summary>
    /// <param name="solid">The solid, which tells the sign.</param>
    /// <param name="surface">Its surface, which tells the distance.</param>
    /// <param name="size">Nodes of an axis.</param>
    internal static DistanceVolume Sample(Solid solid, TriangleTree surface, int size)
    {
        FieldFrame frame = FieldFrame.Around(surface.Low, surface.High);
        float[] values = Evaluate(solid, frame.Center, frame.Scale, size);
        float band = DistanceVolume.CellOf(size) * frame.Scale * DistanceVolume.BandCells;
        for (int i = 0; i < values.Length; i++)
        {
            int x = i % size, y = i / size % size, z = i / (size * size);
            float distance = Math.Min(band, surface.Closest(frame.ToScene(DistanceVolume.NodeAt(size, x, y, z)), band).Distance);
            values[i] = (values[i] < 0 ? -distance : distance) / band;
        }

        return new DistanceVolume(size, values);
    }

    private static (Vector3 Low, Vector3 High)? Bounds(Solid solid)
    {
        float[] values = Evaluate(solid, Vector3.Zero, Room, CoarseNodes);
        float cell = DistanceVolume.CellOf(CoarseNodes) * Room;
        Vector3 low = new(float.MaxValue), high = new(float.MinValue);
        for (int i = 0; i < values.Length; i++)
        {
            // Thin parts pass between the nodes, but not far from one.
            if (values[i] < cell * 0.5f)
            {
                Vector3 node = DistanceVolume.NodeAt(CoarseNodes, i % CoarseNodes, i / CoarseNodes % CoarseNodes, i / (CoarseNodes * CoarseNodes)) * Room;
                (low, high) = (Vector3.Min(low, node), Vector3.Max(high, node));
            }
        }

        return low.X > high.X ? null : (low - new Vector3(cell), high + new Vector3(cell));
    }

    private static float[] Evaluate(Solid solid, Vector3 center, float extent, int nodes)
    {
        float[] values = new float[nodes * nodes * nodes];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = solid(center + (DistanceVolume.NodeAt(nodes, i % nodes, i / nodes % nodes, i / (nodes * nodes)) * extent));
        }

        return values;
    }
}
