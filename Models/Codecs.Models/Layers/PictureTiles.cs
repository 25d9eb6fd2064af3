namespace Codecs.Models.Layers;

/// <summary>Pixels of a tile for the networks at 1/16: the picture continues beyond its right and bottom edge by its last column and row.</summary>
internal static class PictureTiles
{
    private const int Cell = 16; // pixels per latent position and axis

    /// <returns>The tile's outer part, value / 255 - 0.5, [16·outer height, 16·outer width, 3].</returns>
    internal static float[] Read(ReadOnlySpan<byte> rgb, int width, int height, in Tile tile)
    {
        int columns = tile.OuterWidth * Cell, rows = tile.OuterHeight * Cell;
        float[] pixels = new float[rows * columns * 3];
        int to = 0;
        for (int y = 0; y < rows; y++)
        {
            int row = Math.Min((tile.OuterTop * Cell) + y, height - 1);
            ReadOnlySpan<byte> line = rgb.Slice(row * width * 3, width * 3);
            for (int x = 0; x < columns; x++)
            {
                int column = Math.Min((tile.OuterLeft * Cell) + x, width - 1) * 3;
                pixels[to++] = (line[column] / 255f) - 0.5f;
                pixels[to++] = (line[column + 1] / 255f) - 0.5f;
                pixels[to++] = (line[column + 2] / 255f) - 0.5f;
            }
        }

        return pixels;
    }

    /// <summary>Copies the inner part of decoded bytes [16·outer height, 16·outer width, 3] into the picture; padding is cut off.</summary>
    internal static void Write(ReadOnlySpan<byte> decoded, byte[] rgb, int width, int height, in Tile tile)
    {
        int left = tile.Left * Cell, top = tile.Top * Cell;
        int columns = Math.Min(tile.Width * Cell, width - left), rows = Math.Min(tile.Height * Cell, height - top);
        for (int y = 0; y < rows; y++)
        {
            int from = ((top - (tile.OuterTop * Cell) + y) * tile.OuterWidth * Cell) + left - (tile.OuterLeft * Cell);
            decoded.Slice(from * 3, columns * 3).CopyTo(rgb.AsSpan((((top + y) * width) + left) * 3));
        }
    }
}
