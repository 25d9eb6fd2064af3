namespace Codecs.Geometry.Triangles;

/// <summary>Points on a grid.</summary>
public sealed class GridPositions
{
    /// <summary>Takes points over; the arrays are not copied.</summary>
    /// <param name="frame">The grid.</param>
    /// <param name="x">Places on the first axis, each 0..2^bits - 1.</param>
    /// <param name="y">As many on the second.</param>
    /// <param name="z">As many on the third.</param>
    /// <exception cref="ArgumentException">The lengths differ, a place lies outside, or the frame has bits or numbers out of range.</exception>
    public GridPositions(GridFrame frame, int[] x, int[] y, int[] z)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(z);
        if (frame.Bits is < 1 or > GridFrame.MaxBits || !(frame.Step > 0) || !double.IsFinite(frame.Step + frame.OriginX + frame.OriginY + frame.OriginZ))
        {
            throw new ArgumentException($"The grid {frame} has no meaning; expected 1 to {GridFrame.MaxBits} bits, a step above 0 and finite numbers.", nameof(frame));
        }

        if (x.Length != y.Length || y.Length != z.Length)
        {
            throw new ArgumentException($"{x.Length}, {y.Length} and {z.Length} coordinates; expected the same number.", nameof(y));
        }

        Check(x, frame.Bits);
        Check(y, frame.Bits);
        Check(z, frame.Bits);
        (Frame, X, Y, Z) = (frame, x, y, z);
    }

    /// <summary>The grid.</summary>
    public GridFrame Frame { get; }

    /// <summary>Number of points.</summary>
    public int Count => X.Length;

    /// <summary>Places on the first axis.</summary>
    public int[] X { get; }

    /// <summary>Places on the second axis.</summary>
    public int[] Y { get; }

    /// <summary>Places on the third axis.</summary>
    public int[] Z { get; }

    /// <summary>The points in units of the scene, x, y, z of each.</summary>
    public float[] ToFloats()
    {
        float[] floats = new float[3 * Count];
        for (int i = 0; i < Count; i++)
        {
            floats[3 * i] = (float)Frame.Coordinate(0, X[i]);
            floats[3 * i + 1] = (float)Frame.Coordinate(1, Y[i]);
            floats[3 * i + 2] = (float)Frame.Coordinate(2, Z[i]);
        }

        return floats;
    }

    private static void Check(int[] places, int bits)
    {
        for (int i = 0; i < places.Length; i++)
        {
            if ((uint)places[i] >> bits != 0)
            {
                throw new ArgumentException($"Point {i} lies at place {places[i]}; a grid of {bits} bits ends at {(1 << bits) - 1}.", nameof(places));
            }
        }
    }
}
