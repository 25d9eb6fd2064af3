using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Fields;

/// <summary>Makes a distance volume of triangles.</summary>
/// <remarks>
/// Inside is where the surface winds around a point (generalised winding number, A. Jacobson et al., 2013), whichever way it is oriented: flood filling leaks through open bases. Surfaces
/// that enclose nothing, or thin things, become shells: everything nearer than <see cref="ShellCells"/> cells is inside.
/// </remarks>
internal static class DistanceSampler
{
    /// <summary>Half the thickness of a shell in cells.</summary>
    internal const float ShellCells = 1.2f;

    private const int Probes = 2000;
    private const float ProbeCells = 0.5f, MostOpen = 0.1f;

    /// <summary>The distances on all nodes.</summary>
    /// <param name="tree">The triangles, scene units.</param>
    /// <param name="frame">Where the volume lies.</param>
    /// <param name="size">Nodes of an axis.</param>
    /// <param name="shell">Whether to make a shell, see <see cref="NeedsShell"/>.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    internal static DistanceVolume Sample(TriangleTree tree, FieldFrame frame, int size, bool shell, int workers = 0)
    {
        float[] values = new float[size * size * size];
        float cell = DistanceVolume.CellOf(size) * frame.Scale, band = cell * DistanceVolume.BandCells;
        float reach = shell ? band + (cell * ShellCells) : band;
        var threads = new ParallelOptions { MaxDegreeOfParallelism = workers == 0 ? Environment.ProcessorCount : workers };
        Parallel.For(0, size, threads, z =>
        {
            for (int y = 0; y < size; y++)
            {
                Span<float> row = values.AsSpan(((z * size) + y) * size, size);
                for (int x = 0; x < size; x++)
                {
                    Vector3 point = frame.ToScene(DistanceVolume.NodeAt(size, x, y, z));
                    float distance = Math.Min(tree.Closest(point, reach).Distance, reach);
                    float signed = shell ? distance - (cell * ShellCells) : Math.Abs(tree.WindingNumber(point)) > 0.5f ? -distance : distance;
                    row[x] = Math.Clamp(signed / band, -1, 1);
                }
            }
        });
        return new DistanceVolume(size, values);
    }

    /// <summary>Whether the inside of a mesh is too thin or too open to be seen at this size.</summary>
    internal static bool NeedsShell(TriangleTree tree, FieldFrame frame, int size)
    {
        float step = DistanceVolume.CellOf(size) * frame.Scale * ProbeCells;
        SurfaceSamples samples = SurfaceSampler.Sample(tree.Positions.Span, tree.Triangles.Span, Probes);
        int open = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            Vector3 point = samples.Points.Span[i], normal = samples.Normals.Span[i];
            bool behind = Math.Abs(tree.WindingNumber(point - (normal * step))) > 0.5f, before = Math.Abs(tree.WindingNumber(point + (normal * step))) > 0.5f;
            open += behind == before ? 1 : 0;
        }

        return open > MostOpen * samples.Count;
    }
}
