namespace Codecs.Geometry.Decimation;

/// <summary>Simplifies triangles by collapsing edges where the shape changes least.</summary>
/// <remarks>
/// <para>M. Garland and P. Heckbert, "Surface simplification using quadric error metrics", SIGGRAPH 1997: each vertex knows the planes of the triangles it stands for, a collapse
/// costs the squared distances to those of both ends, and goes where they are least. Borders, edges of three and more triangles and edges between groups are held by upright
/// planes. A collapse that would change the topology or turn a triangle too far is left out.</para>
/// <para>Aggressive: when nothing is left to collapse, the topology may change; then near parts are joined, too, and nothing is forbidden. The same input gives the same
/// bits everywhere: float64 in a fixed order, ties by number. Any set of triangles is accepted.</para>
/// </remarks>
public static class QuadricDecimation
{
    // Distances at which parts are joined, relative to the diagonal.
    private const double FirstRadius = 0.01;
    private const double LastRadius = 0.2;

    /// <summary>Simplifies a mesh.</summary>
    /// <param name="positions">x, y, z of each vertex, finite. Equal positions are one vertex.</param>
    /// <param name="triangles">Three vertices a triangle.</param>
    /// <param name="options">How far and how.</param>
    /// <param name="groups">A number for each triangle, for example its material; borders between groups are held. Empty: none.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static DecimatedMesh Decimate(ReadOnlySpan<float> positions, ReadOnlySpan<int> triangles, DecimationOptions options, ReadOnlySpan<int> groups = default)
    {
        Check(positions, triangles, options, groups);
        (Point3[] points, int[] corners, Point3 origin, double scale) = Weld(positions, triangles);
        var mesh = new CollapseMesh(points, corners);
        bool[] isBorder = new bool[points.Length];
        Quadric[] quadrics = QuadricSetup.Create(mesh, groups, options.BorderWeight, isBorder);
        var collapser = new EdgeCollapser(mesh, quadrics, isBorder, options.MaxTurn, options.MaxError * scale);
        collapser.Run(options.TargetTriangles, CollapseRules.Strict, []);
        if (options.IsAggressive)
        {
            collapser.Run(options.TargetTriangles, CollapseRules.Relaxed, []);
            for (double radius = FirstRadius; radius <= LastRadius && mesh.Living > options.TargetTriangles; radius *= 2)
            {
                collapser.Run(options.TargetTriangles, CollapseRules.Relaxed, NearPairs.Find(mesh, radius));
            }

            collapser.Run(options.TargetTriangles, CollapseRules.Any, []);
        }

        return Collect(mesh, origin, scale, collapser.Error);
    }

    private static void Check(ReadOnlySpan<float> positions, ReadOnlySpan<int> triangles, DecimationOptions options, ReadOnlySpan<int> groups)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.TargetTriangles, nameof(options));
        if (!(options.MaxError >= 0) || !(options.MaxTurn is > 0 and <= 90) || !(options.BorderWeight >= 0 && options.BorderWeight <= 1e9))
        {
            throw new ArgumentException($"{options} is out of range.", nameof(options));
        }

        if (positions.Length % 3 != 0 || triangles.Length % 3 != 0 || (!groups.IsEmpty && groups.Length != triangles.Length / 3))
        {
            throw new ArgumentException($"{positions.Length} coordinates, {triangles.Length} corners and {groups.Length} groups; expected three a vertex, three and one a triangle.", nameof(triangles));
        }

        foreach (float coordinate in positions)
        {
            if (!float.IsFinite(coordinate))
            {
                throw new ArgumentException($"A coordinate is {coordinate}; expected a finite number.", nameof(positions));
            }
        }

        foreach (int corner in triangles)
        {
            if ((uint)corner >= (uint)(positions.Length / 3))
            {
                throw new ArgumentException($"A corner has vertex {corner} of {positions.Length / 3}.", nameof(triangles));
            }
        }
    }

    // Used vertices, equal ones once, moved and scaled so that the longest side of their box is 1.
    private static (Point3[] Points, int[] Corners, Point3 Origin, double Scale) Weld(ReadOnlySpan<float> positions, ReadOnlySpan<int> triangles)
    {
        var numbers = new Dictionary<(float X, float Y, float Z), int>();
        int[] corners = new int[triangles.Length];
        var points = new List<Point3>();
        Point3 low = new(double.MaxValue, double.MaxValue, double.MaxValue), high = new(double.MinValue, double.MinValue, double.MinValue);
        for (int c = 0; c < corners.Length; c++)
        {
            ReadOnlySpan<float> at = positions.Slice(3 * triangles[c], 3);
            if (!numbers.TryGetValue((at[0], at[1], at[2]), out corners[c]))
            {
                corners[c] = points.Count;
                numbers.Add((at[0], at[1], at[2]), corners[c]);
                points.Add(new Point3(at[0], at[1], at[2]));
                low = new Point3(Math.Min(low.X, at[0]), Math.Min(low.Y, at[1]), Math.Min(low.Z, at[2]));
                high = new Point3(Math.Max(high.X, at[0]), Math.Max(high.Y, at[1]), Math.Max(high.Z, at[2]));
            }
        }

        double side = points.Count == 0 ? 0 : Math.Max(high.X - low.X, Math.Max(high.Y - low.Y, high.Z - low.Z));
        double scale = side > 0 ? 1 / side : 1;
        return ([.. points.Select(p => (p - low) * scale)], corners, low, scale);
    }

    private static DecimatedMesh Collect(CollapseMesh mesh, Point3 origin, double scale, double error)
    {
        int[] numbers = new int[mesh.Points.Length];
        var positions = new List<float>();
        int[] triangles = new int[3 * mesh.Living];
        int[] sources = new int[mesh.Living];
        int count = 0;
        for (int t = 0; t < mesh.IsDead.Length; t++)
        {
            if (mesh.IsDead[t])
            {
                continue;
            }

            for (int k = 0; k < 3; k++)
            {
                int v = mesh.Corners[3 * t + k];
                if (numbers[v] == 0)
                {
                    Point3 at = mesh.Points[v] * (1 / scale) + origin;
                    positions.AddRange([(float)at.X, (float)at.Y, (float)at.Z]);
                    numbers[v] = positions.Count / 3;
                }

                triangles[3 * count + k] = numbers[v] - 1;
            }

            sources[count++] = t;
        }

        return new DecimatedMesh([.. positions], triangles, sources, error / scale);
    }
}
