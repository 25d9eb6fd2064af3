using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Dipoles of the nodes of a tree: areas times normals, where they lie, how far their triangles reach.</summary>
internal sealed class WindingField
{
    private readonly BoundsTree _bounds;
    private readonly Vector3[] _corners;
    private readonly Vector3[] _moments;
    private readonly Vector3[] _centers;
    private readonly float[] _radii;

    public WindingField(BoundsTree bounds, Vector3[] corners)
    {
        (_bounds, _corners) = (bounds, corners);
        _moments = new Vector3[bounds.Nodes];
        _centers = new Vector3[bounds.Nodes];
        _radii = new float[bounds.Nodes];
        double[] areas = new double[bounds.Nodes];
        // Children come behind their parent.
        for (int node = bounds.Nodes - 1; node >= 0; node--)
        {
            if (bounds.Count(node) > 0)
            {
                Leaf(node, areas);
            }
            else
            {
                int left = node + 1;
                int right = bounds.Link(node);
                areas[node] = areas[left] + areas[right];
                _moments[node] = _moments[left] + _moments[right];
                _centers[node] = Vector3.Lerp(_centers[left], _centers[right], (float)(areas[right] / areas[node]));
            }

            // The farthest corner of the box: never less than the farthest triangle.
            Vector3 reach = Vector3.Max(_centers[node] - bounds.Low(node), bounds.High(node) - _centers[node]);
            _radii[node] = reach.Length();
        }
    }

    /// <summary>The winding number at a point.</summary>
    public double At(Vector3 point, float accuracy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accuracy, 1);
        Span<int> nodes = stackalloc int[BoundsTree.StackSize];
        int depth = 1;
        nodes[0] = 0;
        double sum = 0;
        while (depth > 0)
        {
            int node = nodes[--depth];
            Vector3 away = _centers[node] - point;
            float distance = away.Length();
            if (distance > accuracy * _radii[node])
            {
                sum += Vector3.Dot(_moments[node], away / distance) / (4 * Math.PI * distance * distance);
            }
            else if (_bounds.Count(node) == 0)
            {
                nodes[depth++] = node + 1;
                nodes[depth++] = _bounds.Link(node);
            }
            else
            {
                int first = _bounds.Link(node) * 3;
                for (int i = first; i < first + (_bounds.Count(node) * 3); i += 3)
                {
                    sum += TriangleMath.SolidAngle(point, _corners[i], _corners[i + 1], _corners[i + 2]);
                }
            }
        }

        return sum;
    }

    private void Leaf(int node, double[] areas)
    {
        int first = _bounds.Link(node) * 3;
        double area = 0, x = 0, y = 0, z = 0;
        Vector3 moment = Vector3.Zero;
        for (int i = first; i < first + (_bounds.Count(node) * 3); i += 3)
        {
            double its = TriangleMath.Area(_corners[i], _corners[i + 1], _corners[i + 2], out Vector3 normal);
            Vector3 center = TriangleMath.At(_corners[i], _corners[i + 1], _corners[i + 2], 1.0 / 3, 1.0 / 3);
            area += its;
            x += its * center.X;
            y += its * center.Y;
            z += its * center.Z;
            moment += (float)its * normal;
        }

        (areas[node], _moments[node]) = (area, moment);
        _centers[node] = new Vector3((float)(x / area), (float)(y / area), (float)(z / area));
    }
}
