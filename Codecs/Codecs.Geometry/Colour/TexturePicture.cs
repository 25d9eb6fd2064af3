using System.Numerics;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Colour;

/// <summary>A texture with its wrapping, asked between pixels.</summary>
internal sealed class TexturePicture
{
    private readonly byte[] _pixels;
    private readonly int _width, _height, _channels;
    private readonly TextureWrap _wrapU, _wrapV;

    /// <summary>Takes a picture; alpha is not looked at.</summary>
    internal TexturePicture(Image image, TextureWrap wrapU, TextureWrap wrapV)
    {
        Image rgb = image.ToRgb();
        (_pixels, _width, _height, _channels) = (rgb.Pixels.ToArray(), rgb.Width, rgb.Height, rgb.Channels);
        (_wrapU, _wrapV) = (wrapU, wrapV);
    }

    /// <summary>The colour between the four nearest pixels, as stored, 0..1.</summary>
    /// <param name="place">(0, 0) is the upper left corner of the picture, (1, 1) the lower right one; not finite counts as 0.</param>
    internal Vector3 At(Vector2 place)
    {
        (int left, float x) = Floor(place.X, _width);
        (int top, float y) = Floor(place.Y, _height);
        int x0 = Wrap(left, _width, _wrapU), x1 = Wrap(left + 1, _width, _wrapU);
        int y0 = Wrap(top, _height, _wrapV), y1 = Wrap(top + 1, _height, _wrapV);
        return Vector3.Lerp(Vector3.Lerp(Pixel(x0, y0), Pixel(x1, y0), x), Vector3.Lerp(Pixel(x0, y1), Pixel(x1, y1), x), y);
    }

    // Coordinates far outside lose their fraction anyway; the range keeps the integer arithmetic below safe.
    private static (int Pixel, float Part) Floor(float coordinate, int size)
    {
        double pixel = float.IsFinite(coordinate) ? (Math.Clamp((double)coordinate, -1000, 1000) * size) - 0.5 : 0;
        double floor = Math.Floor(pixel);
        return ((int)floor, (float)(pixel - floor));
    }

    private static int Wrap(int pixel, int size, TextureWrap wrap)
    {
        if (wrap == TextureWrap.Clamp)
        {
            return Math.Clamp(pixel, 0, size - 1);
        }

        int period = wrap == TextureWrap.Mirror ? 2 * size : size;
        int inside = ((pixel % period) + period) % period;
        return inside < size ? inside : period - 1 - inside;
    }

    private Vector3 Pixel(int x, int y)
    {
        int at = ((y * _width) + x) * _channels;
        return new Vector3(_pixels[at], _pixels[at + 1], _pixels[at + 2]) / byte.MaxValue;
    }
}
