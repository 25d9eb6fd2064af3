namespace Codecs.Metrics;

/// <summary>Hands out rows of one plane as floats, from interleaved bytes (the picture itself) or from floats (its smaller scales).</summary>
/// <remarks>Converting the bytes row by row saves the largest buffers: no scale-0 copy in floats exists.</remarks>
internal readonly ref struct PlaneReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _step;
    private readonly float[]? _floats;

    /// <summary>A plane inside interleaved samples; the span begins at the plane's first sample.</summary>
    public PlaneReader(ReadOnlySpan<byte> bytes, int width, int height, int step)
    {
        _bytes = bytes;
        _step = step;
        Width = width;
        Height = height;
    }

    private PlaneReader(float[] floats, int width, int height)
    {
        _floats = floats;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Copies row <paramref name="y"/> into <paramref name="row"/>, float [Width] in 0..255.</summary>
    public void Read(int y, Span<float> row)
    {
        if (_floats is not null)
        {
            _floats.AsSpan(y * Width, Width).CopyTo(row);
            return;
        }

        int from = y * Width * _step;
        for (int x = 0; x < Width; x++, from += _step)
        {
            row[x] = _bytes[from];
        }
    }

    /// <summary>The plane at half its size, each sample the mean of 2x2; an odd last row or column is repeated.</summary>
    public PlaneReader Halve()
    {
        int width = (Width + 1) / 2;
        int height = (Height + 1) / 2;
        float[] half = new float[width * height];
        float[] upper = new float[width * 2];
        float[] lower = new float[width * 2];
        for (int y = 0; y < height; y++)
        {
            Read(2 * y, upper);
            Read(Math.Min((2 * y) + 1, Height - 1), lower);
            upper[^1] = upper[Width - 1];
            lower[^1] = lower[Width - 1];
            Span<float> row = half.AsSpan(y * width, width);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = 0.25f * (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]);
            }
        }

        return new PlaneReader(half, width, height);
    }
}
