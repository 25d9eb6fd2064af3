namespace Codecs.Models.Vqgan.Faithful;

/// <summary>Between 8-bit pictures and what the networks see of them: value / 127.5 - 1.</summary>
internal static class PicturePlanes
{
    private const float Half = 127.5f;

    /// <summary>A rectangle of a picture that continues beyond its right and bottom edge by its last column and row.</summary>
    /// <returns>[3, rows, columns] in ±1.</returns>
    internal static float[] Read(ReadOnlySpan<byte> rgb, int width, int height, int left, int top, int columns, int rows)
    {
        int plane = rows * columns;
        float[] planes = new float[3 * plane];
        int to = 0;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> line = rgb.Slice(Math.Min(top + y, height - 1) * width * 3, width * 3);
            for (int x = 0; x < columns; x++, to++)
            {
                ReadOnlySpan<byte> pixel = line.Slice(Math.Min(left + x, width - 1) * 3, 3);
                planes[to] = (pixel[0] / Half) - 1;
                planes[to + plane] = (pixel[1] / Half) - 1;
                planes[to + (2 * plane)] = (pixel[2] / Half) - 1;
            }
        }

        return planes;
    }

    /// <summary>The pixel value of a number of a network: clamped to ±1 and rounded, where the published evaluation cuts off.</summary>
    internal static byte ToByte(float value) => (byte)MathF.Round((Math.Clamp(float.IsNaN(value) ? 0 : value, -1, 1) + 1) * Half);
}
