using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>A picture on a surface.</summary>
public sealed class SurfaceTexture
{
    private const int Channels = 4;

    private readonly byte[] _rgba;

    /// <summary>Takes a picture; the array is kept, not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="rgba">uint8 [height, width, 4], sRGB; alpha is not looked at.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public SurfaceTexture(int width, int height, byte[] rgba)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(rgba);
        if (rgba.Length != (long)width * height * Channels)
        {
            throw new ArgumentException($"{width}x{height} pixels of {Channels} bytes are needed, found {rgba.Length} bytes.", nameof(rgba));
        }

        (Width, Height, _rgba) = (width, height, rgba);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The colour between the four nearest pixels, with the picture repeated without end.</summary>
    /// <param name="place">Texture coordinates as in glTF: (0, 0) is the upper left corner of the picture, (1, 1) the lower right one; not finite counts as 0.</param>
    /// <returns>Red, green, blue as stored, 0..1.</returns>
    public Vector3 At(Vector2 place)
    {
        (int left, int right, float x) = Neighbours(place.X, Width);
        (int top, int bottom, float y) = Neighbours(place.Y, Height);
        return Vector3.Lerp(Vector3.Lerp(Pixel(left, top), Pixel(right, top), x), Vector3.Lerp(Pixel(left, bottom), Pixel(right, bottom), x), y);
    }

    // Pixel i has its centre at (i + 0.5) / size.
    private static (int First, int Second, float Weight) Neighbours(float coordinate, int size)
    {
        double inside = float.IsFinite(coordinate) ? coordinate - Math.Floor(coordinate) : 0;
        double pixel = (inside * size) - 0.5;
        int first = (int)Math.Floor(pixel);
        return ((first + size) % size, (first + 1) % size, (float)(pixel - first));
    }

    private Vector3 Pixel(int x, int y)
    {
        int at = ((y * Width) + x) * Channels;
        return new Vector3(_rgba[at], _rgba[at + 1], _rgba[at + 2]) / byte.MaxValue;
    }
}
