namespace Codecs.Models.Exact;

/// <summary>A channels-last map of 16-bit activations; what one unit means is the network's business.</summary>
/// <remarks>Row-major [height, width, channels]. Activations never leave ±32767: every layer saturates symmetrically.</remarks>
internal sealed class IntegerMap(int height, int width, int channels)
{
    internal int Height { get; } = height;

    internal int Width { get; } = width;

    internal int Channels { get; } = channels;

    internal int Positions => Height * Width;

    internal short[] Values { get; } = new short[checked(height * width * channels)];

    /// <summary>All channels of <paramref name="count"/> positions from <paramref name="first"/> on, raster order.</summary>
    internal Span<short> At(int first, int count) => Values.AsSpan(first * Channels, count * Channels);

    /// <summary>[H, W, 4·C] to [2H, 2W, C]; channel order inside a cell is (dy, dx, c), as in <c>Rearrange.DepthToSpace</c>.</summary>
    internal IntegerMap DepthToSpace2()
    {
        int c = Channels / 4;
        var result = new IntegerMap(2 * Height, 2 * Width, c);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                ReadOnlySpan<short> cell = At((y * Width) + x, 1);
                for (int dy = 0; dy < 2; dy++)
                {
                    cell.Slice(dy * 2 * c, 2 * c).CopyTo(result.At((((2 * y) + dy) * result.Width) + (2 * x), 2));
                }
            }
        }

        return result;
    }
}
