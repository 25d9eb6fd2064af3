namespace Codecs.Metrics.Pictures;

/// <summary>One octave of <see cref="Ssimulacra2"/> in one pass over the rows.</summary>
/// <remarks>
/// As in <see cref="SsimScale"/> the window is separable and the rows filtered across wait in a ring. Each slot holds, for each of
/// the three components, the four filtered maps (a, b, a^2 + b^2, a b) and then the two unfiltered rows, which the edge maps need. What
/// lies outside of the picture counts as 0.
/// </remarks>
internal sealed class Ssimulacra2Octave
{
    /// <summary>Norms of each component: 1-norm, then 4-norm, of dissimilarity, new edges and lost edges.</summary>
    public const int NormsOfChannel = 6;

    private const int Maps = 4, Rows = Maps + 2, Channels = PicturePair.Channels;
    private const float C2 = 0.0009f;

    private readonly float[] _linearA;
    private readonly float[] _linearB;
    private readonly int _width;
    private readonly int _height;

    // Rows with room for the window at either end; the ends stay 0.
    private readonly float[] _padded;
    private readonly float[] _ring;
    private readonly float[] _filtered;
    private readonly double[] _sums = new double[Channels * NormsOfChannel];

    /// <summary>Prepares to compare two pictures.</summary>
    /// <param name="linearA">The original in linear light, float [3, height, width].</param>
    /// <param name="linearB">The other picture.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public Ssimulacra2Octave(float[] linearA, float[] linearB, int width, int height)
    {
        (_linearA, _linearB, _width, _height) = (linearA, linearB, width, height);
        _padded = new float[Channels * Maps * PaddedWidth];
        _ring = new float[CosineWindow.Taps.Length * SlotLength];
        _filtered = new float[Maps * width];
    }

    private int PaddedWidth => _width + (2 * CosineWindow.Reach);

    private int SlotLength => Channels * Rows * _width;

    /// <returns>double [3, 6]: for X, Y and B the 1-norms and then the 4-norms of the three maps.</returns>
    public double[] Measure()
    {
        for (int y = 0; y < _height + CosineWindow.Reach; y++)
        {
            if (y < _height)
            {
                FilterAcross(y);
            }

            if (y >= CosineWindow.Reach)
            {
                for (int c = 0; c < Channels; c++)
                {
                    FilterDown(y - CosineWindow.Reach, c);
                }
            }
        }

        double pixels = (double)_width * _height;
        double[] norms = new double[_sums.Length];
        for (int i = 0; i < norms.Length; i++)
        {
            bool fourth = i % NormsOfChannel >= NormsOfChannel / 2;
            norms[i] = fourth ? Math.Sqrt(Math.Sqrt(_sums[i] / pixels)) : _sums[i] / pixels;
        }

        return norms;
    }

    /// <summary>Row <paramref name="map"/> of a component within its slot of the ring.</summary>
    private Span<float> RingRow(int y, int channel, int map) =>
        _ring.AsSpan((y % CosineWindow.Taps.Length * SlotLength) + (((channel * Rows) + map) * _width), _width);

    private Span<float> Inner(int channel, int map) => _padded.AsSpan((((channel * Maps) + map) * PaddedWidth) + CosineWindow.Reach, _width);

    private void FilterAcross(int y)
    {
        for (int c = 0; c < Channels; c++)
        {
            _linearA.AsSpan(((c * _height) + y) * _width, _width).CopyTo(Inner(c, 0));
            _linearB.AsSpan(((c * _height) + y) * _width, _width).CopyTo(Inner(c, 1));
        }

        Xyb.FromLinear(Inner(0, 0), Inner(1, 0), Inner(2, 0));
        Xyb.FromLinear(Inner(0, 1), Inner(1, 1), Inner(2, 1));
        for (int c = 0; c < Channels; c++)
        {
            Span<float> a = Inner(c, 0);
            Span<float> b = Inner(c, 1);
            Span<float> squares = Inner(c, 2);
            Span<float> products = Inner(c, 3);
            for (int x = 0; x < a.Length; x++)
            {
                squares[x] = (a[x] * a[x]) + (b[x] * b[x]);
                products[x] = a[x] * b[x];
            }

            a.CopyTo(RingRow(y, c, Maps));
            b.CopyTo(RingRow(y, c, Maps + 1));
            for (int map = 0; map < Maps; map++)
            {
                Span<float> row = RingRow(y, c, map);
                row.Clear();
                for (int k = 0; k < CosineWindow.Taps.Length; k++)
                {
                    RowMath.AddScaled(_padded.AsSpan((((c * Maps) + map) * PaddedWidth) + k, _width), CosineWindow.Taps[k], row);
                }
            }
        }
    }

    private void FilterDown(int y, int channel)
    {
        Array.Clear(_filtered);
        for (int k = 0; k < CosineWindow.Taps.Length; k++)
        {
            int from = y + k - CosineWindow.Reach;
            if (from >= 0 && from < _height)
            {
                int start = (from % CosineWindow.Taps.Length * SlotLength) + (channel * Rows * _width);
                RowMath.AddScaled(_ring.AsSpan(start, Maps * _width), CosineWindow.Taps[k], _filtered);
            }
        }

        AddRow(RingRow(y, channel, Maps), RingRow(y, channel, Maps + 1), _sums.AsSpan(channel * NormsOfChannel, NormsOfChannel));
    }

    private void AddRow(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> sums)
    {
        ReadOnlySpan<float> meanA = _filtered.AsSpan(0, _width);
        ReadOnlySpan<float> meanB = _filtered.AsSpan(_width, _width);
        ReadOnlySpan<float> squares = _filtered.AsSpan(2 * _width, _width);
        ReadOnlySpan<float> products = _filtered.AsSpan(3 * _width, _width);
        for (int x = 0; x < a.Length; x++)
        {
            float p = meanA[x];
            float q = meanB[x];

            // The luminance term of SSIM without its denominator: the components are perceptually uniform already.
            float luminance = 1 - ((p - q) * (p - q));
            float structure = ((2 * (products[x] - (p * q))) + C2) / (squares[x] - ((p * p) + (q * q)) + C2);
            double dissimilarity = Math.Max(0, 1 - ((double)luminance * structure));
            double edge = ((1 + (double)MathF.Abs(b[x] - q)) / (1 + (double)MathF.Abs(a[x] - p))) - 1;
            Add(sums, 0, dissimilarity);
            Add(sums, edge > 0 ? 1 : 2, Math.Abs(edge));
        }
    }

    private static void Add(Span<double> sums, int map, double value)
    {
        sums[map] += value;
        double square = value * value;
        sums[map + (NormsOfChannel / 2)] += square * square;
    }
}
