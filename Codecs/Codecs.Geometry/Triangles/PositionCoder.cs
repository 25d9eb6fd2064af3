namespace Codecs.Geometry.Triangles;

/// <summary>Codes the positions of vertices whose triangles are known. The syntax: README, "Positions". Integers only.</summary>
internal sealed class PositionCoder(TriangleCorners mesh, int[][] positions, int bits)
{
    private const int Counts = 5;
    private const int Tilts = 4;
    private const int Lengths = ResidualBits.MaxLength + 1;

    private readonly PositionEvidence _evidence = new(mesh, positions);
    private readonly ResidualBits _residuals = new(Counts * 3 * 9, Counts * 3 * Tilts, Lengths * 3, Lengths * 3, Lengths * 3, Lengths * 6);
    private readonly int _largest = (1 << bits) - 1;

    /// <summary>Codes vertices in an order, then those that are in no triangle.</summary>
    /// <param name="port">Where bits go or come from.</param>
    /// <param name="order">A corner of each vertex.</param>
    /// <exception cref="InvalidBitstreamException">What is read lies outside the grid.</exception>
    public void Run<TPort>(TPort port, ReadOnlySpan<int> order)
        where TPort : struct, IBitPort
    {
        foreach (int corner in order)
        {
            Code(port, corner, mesh.Vertices[corner]);
        }

        int vertices = positions[0].Length;
        for (int vertex = 0; vertex < vertices && order.Length < vertices; vertex++)
        {
            if (!_evidence.IsKnown(vertex))
            {
                Code(port, -1, vertex);
            }
        }
    }

    private void Code<TPort>(TPort port, int corner, int vertex)
        where TPort : struct, IBitPort
    {
        _evidence.Gather(corner);
        ReadOnlySpan<long> normal = _evidence.Normal;
        long nx = Math.Abs(normal[0]), ny = Math.Abs(normal[1]), nz = Math.Abs(normal[2]);
        long whole = nx + ny + nz + 1;

        // The axis along the normal comes last: with the other two known, the plane says where it is.
        int last = nx >= ny ? (nx >= nz ? 0 : 2) : (ny >= nz ? 1 : 2);
        int count = Math.Min(_evidence.Parallelograms, Counts - 1);
        long spread = _evidence.Spread, ring = _evidence.Ring;
        int expected = ResidualBits.Length((count >= 2 ? (spread + ring) / 2 : ring) / 3);
        int spreadLength = ResidualBits.Length(spread), ringLength = ResidualBits.Length(ring);
        int before = 0;
        long size = 0, along = 0, slope = 0;
        for (int place = 0; place < 3; place++)
        {
            int axis = (last + 1 + place) % 3;
            long predicted = Math.Clamp(_evidence.Predict(corner, axis, _largest / 2), 0, _largest);
            long center = place == 2 && normal[axis] != 0 ? Math.Clamp(predicted - slope / normal[axis], 0, _largest) : predicted;
            int tilt = place == 2 ? Tilts - 1 : (int)(4 * Math.Abs(normal[axis]) / whole);
            int facing = Math.Sign(normal[axis]);
            _residuals.Select(0, (count * 3 + place) * Tilts + tilt);
            _residuals.Select(1, spreadLength * 3 + place);
            _residuals.Select(2, ringLength * 3 + place);
            _residuals.Select(3, ResidualBits.Length(_evidence.SpreadOf(axis)) * 3 + place);
            _residuals.Select(4, before * 6 + place * 2 + (count > 1 ? 1 : 0));
            int sign = (count * 3 + place) * 9 + (facing + 1) * 3 + _evidence.Bend * facing + 1;
            int residual = _residuals.Code(port, expected, bits, sign, positions[axis][vertex] - (int)center);
            long value = center + residual;
            if (value < 0 || value > _largest)
            {
                throw new InvalidBitstreamException($"Vertex {vertex} lies at place {value}; the grid ends at {_largest}: damaged data.");
            }

            positions[axis][vertex] = (int)value;
            slope += normal[axis] * (value - predicted);
            size += Math.Abs(value - predicted);
            along += Math.Sign(residual) * normal[axis];
            before = Math.Max(before, ResidualBits.Length(Math.Abs(residual)));
        }

        _evidence.Learn(vertex, (int)size, Math.Sign(along));
    }
}
