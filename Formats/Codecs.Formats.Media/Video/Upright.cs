namespace Codecs.Formats.Media;

/// <summary>Turns interleaved RGB as an Exif orientation says.</summary>
internal static class Upright
{
    /// <summary>Turns a picture.</summary>
    /// <param name="rgb">[rows, columns, 3]; returned itself when it is upright.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="orientation">1..8 as in Exif.</param>
    public static (byte[] Rgb, int Width, int Height) Turn(byte[] rgb, int width, int height, int orientation)
    {
        if (orientation == 1)
        {
            return (rgb, width, height);
        }

        bool swaps = orientation >= 5;
        (int columns, int rows) = swaps ? (height, width) : (width, height);
        byte[] turned = new byte[rgb.Length];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                // Where the pixel comes from: Exif 2.32 table 4 names the sides on which row 0 and column 0 are seen.
                (int fromX, int fromY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                rgb.AsSpan(3 * ((fromY * width) + fromX), 3).CopyTo(turned.AsSpan(3 * ((y * columns) + x)));
            }
        }

        return (turned, columns, rows);
    }
}
