using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Points;

/// <summary>Codes values of points in their order, each predicted by the nearest of those shortly before.</summary>
internal sealed class PointValueCoder
{
    private const int Window = 32;
    private const int Near = 3;
    private const int Lengths = ResidualBits.MaxLength + 1;

    private readonly int _components;
    private readonly int _bits;
    private readonly bool _isColor;
    private readonly ResidualBits _residuals;

    /// <summary>Creates a fresh coder.</summary>
    /// <param name="components">Numbers of a point, at most 4.</param>
    /// <param name="bits">Bits of a number.</param>
    /// <param name="isColor">What one number is off, the others are off as well.</param>
    public PointValueCoder(int components, int bits, bool isColor)
    {
        (_components, _bits, _isColor) = (components, bits, isColor);
        _residuals = new ResidualBits(components, components, Lengths * components, Lengths * components, Lengths * components);
    }

    /// <summary>Codes all values.</summary>
    /// <param name="port">Where bits go or come from.</param>
    /// <param name="places">x, y, z of each point.</param>
    /// <param name="values">The numbers of each point; filled when reading.</param>
    public void Run<TPort>(TPort port, int[] places, int[] values)
        where TPort : struct, IBitPort
    {
        Span<int> nearest = stackalloc int[Near], last = stackalloc int[4], means = stackalloc int[4];
        int largest = (1 << _bits) - 1;
        for (int i = 0; i < values.Length / _components; i++)
        {
            int found = FindNearest(places, i, nearest, out Weights weights);
            int off = 0, length = 0;
            for (int k = 0; k < _components; k++)
            {
                int at = i * _components + k;
                (int prediction, int spread) = Predict(values, nearest[..found], weights, k, largest);
                prediction = _isColor && k is > 0 and < 3 ? Math.Clamp(prediction + off, 0, largest) : prediction;
                _residuals.Select(0, k);
                _residuals.Select(1, ResidualBits.Length(spread) * _components + k);
                _residuals.Select(2, length * _components + k);
                _residuals.Select(3, ResidualBits.Length(last[k]) * _components + k);
                int residual = _residuals.Code(port, ResidualBits.Length((means[k] + spread) >> 3), _bits, k, values[at] - prediction);
                values[at] = prediction + residual;
                if ((uint)values[at] > (uint)largest)
                {
                    throw new InvalidBitstreamException($"Point {i} has the value {values[at]}, {_bits} bits end at {largest}: damaged data.");
                }

                off = k == 0 ? residual : off;
                last[k] = Math.Abs(residual);
                length = ResidualBits.Length(last[k]);
                // Four times the mean magnitude, fading.
                means[k] += last[k] - (means[k] >> 2);
            }
        }
    }

    // The nearest of the points before, and how much each counts.
    private static int FindNearest(int[] places, int point, Span<int> nearest, out Weights weights)
    {
        Span<long> distances = stackalloc long[Near];
        int found = 0;
        for (int other = point - 1; other >= Math.Max(0, point - Window); other--)
        {
            long x = places[3 * point] - places[3 * other], y = places[3 * point + 1] - places[3 * other + 1], z = places[3 * point + 2] - places[3 * other + 2];
            long distance = x * x + y * y + z * z;
            int at = found;
            while (at > 0 && distances[at - 1] > distance)
            {
                at--;
            }

            if (at == Near)
            {
                continue;
            }

            found = Math.Min(found + 1, Near);
            for (int i = found - 1; i > at; i--)
            {
                (distances[i], nearest[i]) = (distances[i - 1], nearest[i - 1]);
            }

            (distances[at], nearest[at]) = (distance, other);
        }

        // Against the nearest one, so that large distances do not become nothing.
        long unit = found == 0 ? 1 : distances[0] + 1;
        weights = new Weights(256, found > 1 ? 256 * unit / (distances[1] + 1) : 0, found > 2 ? 256 * unit / (distances[2] + 1) : 0);
        return found;
    }

    private (int Prediction, int Spread) Predict(int[] values, ReadOnlySpan<int> nearest, Weights weights, int k, int largest)
    {
        if (nearest.IsEmpty)
        {
            return (largest / 2, largest);
        }

        long sum = 0, weight = 0;
        int low = largest, high = 0;
        for (int i = 0; i < nearest.Length; i++)
        {
            int value = values[nearest[i] * _components + k];
            long each = i == 0 ? weights.First : i == 1 ? weights.Second : weights.Third;
            sum += each * value;
            weight += each;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return ((int)((sum + weight / 2) / weight), high - low);
    }

    private readonly record struct Weights(long First, long Second, long Third);
}
