namespace Codecs.Formats.Media;

/// <summary>The loops over interleaved samples behind <see cref="Image"/>. Lengths were checked by the caller.</summary>
internal static class PixelLoops
{
    public static void Split(ReadOnlySpan<byte> pixels, Span<byte> color, Span<byte> alpha, int colors)
    {
        int from = 0;
        int to = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            for (int c = 0; c < colors; c++)
            {
                color[to++] = pixels[from++];
            }

            alpha[i] = pixels[from++];
        }
    }

    public static void Join(ReadOnlySpan<byte> color, ReadOnlySpan<byte> alpha, Span<byte> pixels, int colors)
    {
        int from = 0;
        int to = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            for (int c = 0; c < colors; c++)
            {
                pixels[to++] = color[from++];
            }

            pixels[to++] = alpha[i];
        }
    }

    public static void GrayToRgb(ReadOnlySpan<byte> gray, Span<byte> rgb, bool alpha)
    {
        int to = 0;
        for (int from = 0; from < gray.Length; from++)
        {
            byte level = gray[from];
            rgb[to++] = level;
            rgb[to++] = level;
            rgb[to++] = level;
            if (alpha)
            {
                rgb[to++] = gray[++from];
            }
        }
    }

    public static void Flatten(ReadOnlySpan<byte> pixels, Span<byte> color, int colors, byte background)
    {
        int from = 0;
        for (int to = 0; to < color.Length; from += colors + 1)
        {
            int alpha = pixels[from + colors];
            int behind = (background * (255 - alpha)) + 127;
            for (int c = 0; c < colors; c++)
            {
                color[to++] = (byte)(((pixels[from + c] * alpha) + behind) / 255);
            }
        }
    }

    public static bool IsOpaque(ReadOnlySpan<byte> pixels, int channels)
    {
        for (int i = channels - 1; i < pixels.Length; i += channels)
        {
            if (pixels[i] != 255)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Are red, green and blue the same in every pixel?</summary>
    public static bool IsGray(ReadOnlySpan<byte> pixels, int channels)
    {
        for (int i = 0; i + 2 < pixels.Length; i += channels)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the first colour sample and, if there is one, alpha of pixels that have three colours.</summary>
    public static void RgbToGray(ReadOnlySpan<byte> pixels, Span<byte> gray, bool alpha)
    {
        int to = 0;
        int step = alpha ? 4 : 3;
        for (int from = 0; from < pixels.Length; from += step)
        {
            gray[to++] = pixels[from];
            if (alpha)
            {
                gray[to++] = pixels[from + 3];
            }
        }
    }
}
