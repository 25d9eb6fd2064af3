using Codecs.Formats.Media;

namespace Codecs.Benchmarks;

/// <summary>The bundled photograph, as it is or continued by reflection to any size.</summary>
internal static class BenchImages
{
    /// <summary>768 x 512 RGB.</summary>
    internal static Image Photo() => ImageFile.Read(Path.Combine(AppContext.BaseDirectory, "Data", "spices.png")).Image.ToRgb();

    /// <summary>The photograph and its mirror images side by side: natural content without edges that no camera makes.</summary>
    internal static Image Continued(int width, int height)
    {
        Image photo = Photo();
        ReadOnlySpan<byte> from = photo.Pixels.Span;
        byte[] pixels = new byte[checked(width * height * 3)];
        for (int y = 0, to = 0; y < height; y++)
        {
            int row = Reflect(y, photo.Height) * photo.Width;
            for (int x = 0; x < width; x++, to += 3)
            {
                from.Slice((row + Reflect(x, photo.Width)) * 3, 3).CopyTo(pixels.AsSpan(to));
            }
        }

        return new Image(width, height, ImageLayout.Rgb, pixels);
    }

    private static int Reflect(int i, int size) => i / size % 2 == 0 ? i % size : size - 1 - (i % size);
}
