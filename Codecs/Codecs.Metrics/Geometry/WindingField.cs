using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>What the nodes of a tree look like from afar: see <see cref="TriangleTree.WindingNumber"/>.</summary>
/// <remarks>
/// A triangle at x with normal n and area a is seen by p as a n g(x - p), g(r) = r / (4 pi |r|^3). Around a node's centre c this is a dipole, the sum N of a n, and a term of
/// first degree in x - c, for which the sum M of a (x - c) n^T is kept; only its symmetric part counts.
/// </remarks>
internal sealed class WindingField
{
    private readonly BoundsTree _bounds;
    private readonly Vector3[] _corners;
    private readonly Node[] _nodes;

    public WindingField(BoundsTree bounds, Vector3[] corners)
    {
        (_bounds, _corners) = (bounds, corners);
        _nodes = new Node[bounds.Nodes];
        double[] areas = new double[bounds.Nodes];
        // Children come behind their parent.
        for (int node = bounds.Nodes - 1; node >= 0; node--)
        {
            ref Node its = ref _nodes[node];
            if (bounds.Count(node) > 0)
            {
                Leaf(node, out its, out areas[node]);
            }
            else
            {
                int right = bounds.Link(node);
                areas[node] = areas[node + 1] + areas[right];
                its.Center = Vector3.Lerp(_nodes[node + 1].Center, _nodes[right].Center, (float)(areas[right] / areas[node]));
                its.Add(_nodes[node + 1]);
                its.Add(_nodes[right]);
            }

            // The farthest corner of the box: never less than the farthest triangle.
            its.Radius = Vector3.Max(its.Center - bounds.Low(node), bounds.High(node) - its.Center).Length();
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
            ref readonly Node its = ref _nodes[node];
            Vector3 away = its.Center - point;
            float distance = away.Length();
            if (distance > accuracy * its.Radius)
            {
                sum += its.Seen(away / distance, distance);
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

    private void Leaf(int node, out Node leaf, out double area)
    {
        int first = _bounds.Link(node) * 3;
        int end = first + (_bounds.Count(node) * 3);
        double x = 0, y = 0, z = 0;
        area = 0;
        for (int i = first; i < end; i += 3)
        {
            double its = TriangleMath.Area(_corners[i], _corners[i + 1], _corners[i + 2], out _);
            Vector3 center = TriangleMath.At(_corners[i], _corners[i + 1], _corners[i + 2], 1.0 / 3, 1.0 / 3);
            area += its;
            x += its * center.X;
            y += its * center.Y;
            z += its * center.Z;
        }

        leaf = new Node { Center = new((float)(x / area), (float)(y / area), (float)(z / area)) };
        for (int i = first; i < end; i += 3)
        {
            float its = (float)TriangleMath.Area(_corners[i], _corners[i + 1], _corners[i + 2], out Vector3 normal);
            leaf.Add(new Node { Center = TriangleMath.At(_corners[i], _corners[i + 1], _corners[i + 2], 1.0 / 3, 1.0 / 3), Moment = its * normal });
        }
    }

    private struct Node
    {
        public Vector3 Center;
        public float Radius;

        /// <summary>N.</summary>
        public Vector3 Moment;

        /// <summary>xx, yy, zz of M.</summary>
        private Vector3 _diagonal;

        /// <summary>xy + yx, yz + zy, zx + xz of M.</summary>
        private Vector3 _mixed;

        /// <summary>Takes in a part whose centre is elsewhere.</summary>
        public void Add(in Node part)
        {
            Vector3 shift = part.Center - Center;
            Vector3 turned = new(shift.Y, shift.Z, shift.X);
            Vector3 turnedMoment = new(part.Moment.Y, part.Moment.Z, part.Moment.X);
            Moment += part.Moment;
            _diagonal += part._diagonal + (shift * part.Moment);
            _mixed += part._mixed + (shift * turnedMoment) + (turned * part.Moment);
        }

        /// <summary>N g(r) + trace(M J(r)), where J, the derivative of g, is (1 - 3 u u^T) / (4 pi |r|^3) with the unit vector u along r.</summary>
        public readonly double Seen(Vector3 unit, float distance)
        {
            Vector3 turned = new(unit.Y, unit.Z, unit.X);
            float trace = Vector3.Dot(_diagonal, Vector3.One - (3 * unit * unit)) - (3 * Vector3.Dot(_mixed, unit * turned));
            return (Vector3.Dot(Moment, unit) + (trace / distance)) / (4 * Math.PI * distance * distance);
        }
    }
}
