using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>A point cloud prepared for nearest-point questions. Safe for any number of threads at once.</summary>
public sealed class PointTree
{
    private readonly Vector3[] _points;
    private readonly BoundsTree _bounds;
    private readonly Vector3[] _placed;

    private PointTree(Vector3[] points)
    {
        _points = points;
        _bounds = new BoundsTree(points, points);
        _placed = new Vector3[points.Length];
        for (int place = 0; place < _placed.Length; place++)
        {
            _placed[place] = points[_bounds.Order[place]];
        }
    }

    /// <summary>The points.</summary>
    public ReadOnlyMemory<Vector3> Points => _points;

    /// <summary>Lower corner of the bounding box.</summary>
    public Vector3 Low => _bounds.Low(0);

    /// <summary>Upper corner of the bounding box.</summary>
    public Vector3 High => _bounds.High(0);

    /// <summary>Diagonal of the bounding box in scene units.</summary>
    public double Diagonal => TriangleMath.Distance(Low, High);

    /// <summary>Builds the tree of a cloud.</summary>
    /// <param name="points">At least one point, coordinates from -1e18 to 1e18. Copied.</param>
    /// <exception cref="ArgumentException">There is no point, or one is not finite or beyond the range.</exception>
    public static PointTree Build(ReadOnlySpan<Vector3> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("At least one point is needed, found none.", nameof(points));
        }

        for (int i = 0; i < points.Length; i++)
        {
            MeshArguments.CheckPosition(points[i], i);
        }

        return new PointTree(points.ToArray());
    }

    /// <summary>The point of the cloud that is nearest to a point.</summary>
    /// <param name="point">Any point within ±1e18.</param>
    /// <returns>The hit; of several at the same distance always the same one.</returns>
    public PointHit Nearest(Vector3 point)
    {
        Search search = new(_placed, point);
        _bounds.Nearest(point, ref search);
        return new PointHit((float)Math.Sqrt(search.Best), _bounds.Order[search.Place]);
    }

    private struct Search(Vector3[] points, Vector3 point) : ILeafSearch
    {
        public double Best { get; private set; } = double.PositiveInfinity;

        public int Place { get; private set; }

        public void Visit(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                double x = (double)points[i].X - point.X, y = (double)points[i].Y - point.Y, z = (double)points[i].Z - point.Z;
                double distance = (x * x) + (y * y) + (z * z);
                if (distance < Best)
                {
                    (Best, Place) = (distance, i);
                }
            }
        }
    }
}
