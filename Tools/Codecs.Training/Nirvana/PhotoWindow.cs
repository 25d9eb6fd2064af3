using Codecs.Training.Data;

namespace Codecs.Training.Nirvana;

/// <summary>A part of a photograph that can be looked at from anywhere.</summary>
internal sealed class PhotoWindow
{
    private const int LargestSide = 768;
    private readonly byte[] _pixels;

    private PhotoWindow(int width, int height) => (Width, Height, _pixels) = (width, height, new byte[width * height * 3]);

    /// <summary>Columns.</summary>
    internal int Width { get; }

    /// <summary>Rows.</summary>
    internal int Height { get; }

    /// <summary>Reads a random part, at most 768 pixels a side.</summary>
    internal static PhotoWindow Cut(PhotoCache cache, PhotoCache.Entry picture, Random random)
    {
        var window = new PhotoWindow(Math.Min(picture.Width, LargestSide), Math.Min(picture.Height, LargestSide));
        int x = random.Next(picture.Width - window.Width + 1), y = random.Next(picture.Height - window.Height + 1);
        cache.Read(picture, x, y, window.Width, window.Height, window._pixels);
        return window;
    }

    /// <summary>A square of bilinear samples; beyond the border its last ones are repeated.</summary>
    /// <param name="x">Column of the square's middle.</param>
    /// <param name="y">Row of its middle.</param>
    /// <param name="zoom">Pixels from one sample to the next.</param>
    /// <param name="angle">Rotation in radians.</param>
    /// <param name="size">Samples a side.</param>
    /// <returns>Red, green and blue, 0..255, [rows, columns, 3].</returns>
    internal float[] View(double x, double y, double zoom, double angle, int size)
    {
        float[] view = new float[size * size * 3];
        double along = Math.Cos(angle) * zoom, across = Math.Sin(angle) * zoom;
        int stride = Width * 3;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double dx = column - (size / 2), dy = row - (size / 2);
                double sx = Math.Clamp(x + (along * dx) - (across * dy), 0, Width - 1.001), sy = Math.Clamp(y + (across * dx) + (along * dy), 0, Height - 1.001);
                int left = (int)sx, top = (int)sy, at = (top * stride) + (left * 3), to = ((row * size) + column) * 3;
                float fx = (float)(sx - left), fy = (float)(sy - top);
                for (int c = 0; c < 3; c++, at++)
                {
                    float above = (_pixels[at] * (1 - fx)) + (_pixels[at + 3] * fx), below = (_pixels[at + stride] * (1 - fx)) + (_pixels[at + stride + 3] * fx);
                    view[to + c] = (above * (1 - fy)) + (below * fy);
                }
            }
        }

        return view;
    }
}
