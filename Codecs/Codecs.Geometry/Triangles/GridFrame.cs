namespace Codecs.Geometry.Triangles;

/// <summary>A grid in space: place i of an axis lies at origin + i * step. Parts that must not crack share one.</summary>
/// <param name="OriginX">Origin in units of the scene.</param>
/// <param name="OriginY">Origin in units of the scene.</param>
/// <param name="OriginZ">Origin in units of the scene.</param>
/// <param name="Step">Distance of places in units of the scene; above 0. The largest error of a coordinate is half of it.</param>
/// <param name="Bits">Places of an axis are 0..2^Bits - 1; 1..20.</param>
public sealed record GridFrame(double OriginX, double OriginY, double OriginZ, double Step, int Bits)
{
    /// <summary>Largest number of bits.</summary>
    public const int MaxBits = 20;

    /// <summary>The smallest cube grid around points: the longest side has 2^bits - 1 steps.</summary>
    /// <param name="positions">x, y, z of each point, finite; none gives a grid of step 1 at 0.</param>
    /// <param name="bits">1..20.</param>
    /// <exception cref="ArgumentException">The positions are not triples of finite numbers, or the bits are out of range.</exception>
    public static GridFrame Fit(ReadOnlySpan<float> positions, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        if (positions.Length % 3 != 0)
        {
            throw new ArgumentException($"{positions.Length} coordinates; expected three for each point.", nameof(positions));
        }

        Span<double> low = [double.MaxValue, double.MaxValue, double.MaxValue], high = [double.MinValue, double.MinValue, double.MinValue];
        for (int i = 0; i < positions.Length; i++)
        {
            if (!float.IsFinite(positions[i]))
            {
                throw new ArgumentException($"Coordinate {i} is {positions[i]}; expected a finite number.", nameof(positions));
            }

            low[i % 3] = Math.Min(low[i % 3], positions[i]);
            high[i % 3] = Math.Max(high[i % 3], positions[i]);
        }

        double side = Math.Max(high[0] - low[0], Math.Max(high[1] - low[1], high[2] - low[2]));
        return positions.IsEmpty ? new GridFrame(0, 0, 0, 1, bits) : new GridFrame(low[0], low[1], low[2], side > 0 ? side / ((1 << bits) - 1) : 1, bits);
    }

    /// <summary>The nearest place of an axis.</summary>
    /// <param name="axis">0, 1 or 2.</param>
    /// <param name="value">Coordinate in units of the scene; what lies outside goes to the border.</param>
    public int Place(int axis, double value) => (int)Math.Clamp(Math.Floor((value - Origin(axis)) / Step + 0.5), 0, (1 << Bits) - 1);

    /// <summary>The coordinate of a place.</summary>
    /// <param name="axis">0, 1 or 2.</param>
    /// <param name="place">0..2^Bits - 1.</param>
    public double Coordinate(int axis, int place) => Origin(axis) + place * Step;

    private double Origin(int axis) => axis == 0 ? OriginX : axis == 1 ? OriginY : OriginZ;
}
