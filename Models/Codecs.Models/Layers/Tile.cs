using static TorchSharp.torch;

namespace Codecs.Models.Layers;

/// <summary>One rectangle of latent positions: the inner part that is kept and the outer part that the network sees.</summary>
internal readonly record struct Tile(int Left, int Top, int Width, int Height, int OuterLeft, int OuterTop, int OuterWidth, int OuterHeight)
{
    /// <summary>Tiles that cover a map, each with a border of <paramref name="halo"/> positions where the map goes on.</summary>
    internal static IEnumerable<Tile> Cover(int columns, int rows, int size, int halo, Action<int, int>? progress, CancellationToken cancellation)
    {
        int across = (columns + size - 1) / size, down = (rows + size - 1) / size;
        for (int i = 0; i < across * down; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(i, across * down);
            int left = i % across * size, top = i / across * size;
            int width = Math.Min(size, columns - left), height = Math.Min(size, rows - top);
            int outerLeft = Math.Max(0, left - halo), outerTop = Math.Max(0, top - halo);
            yield return new Tile(
                left, top, width, height, outerLeft, outerTop,
                Math.Min(columns, left + width + halo) - outerLeft, Math.Min(rows, top + height + halo) - outerTop);
        }

        progress?.Invoke(across * down, across * down);
    }

    /// <summary>Copies the inner part of a network's output [1, outer height, outer width, channels] to its place in the map.</summary>
    internal void CopyInner(Tensor output, float[] map, int columns, int channels)
    {
        ReadOnlySpan<float> values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(output.bytes);
        for (int y = 0; y < Height; y++)
        {
            int from = (((Top - OuterTop + y) * OuterWidth) + Left - OuterLeft) * channels;
            int to = (((Top + y) * columns) + Left) * channels;
            values.Slice(from, Width * channels).CopyTo(map.AsSpan(to));
        }
    }

    /// <summary>The outer part of a map, [outer height, outer width, channels].</summary>
    internal float[] Outer(float[] map, int columns, int channels)
    {
        float[] part = new float[OuterHeight * OuterWidth * channels];
        for (int y = 0; y < OuterHeight; y++)
        {
            map.AsSpan((((OuterTop + y) * columns) + OuterLeft) * channels, OuterWidth * channels).CopyTo(part.AsSpan(y * OuterWidth * channels));
        }

        return part;
    }
}
