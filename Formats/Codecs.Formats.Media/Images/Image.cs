namespace Codecs.Formats.Media;

/// <summary>A picture in memory: 8-bit interleaved samples, rows from top to bottom without padding, and the metadata that came with it.</summary>
/// <remarks>Samples are sRGB, or refer to <see cref="ImageMetadata.Icc"/> when that is present. Alpha is not premultiplied.</remarks>
public sealed class Image
{
    /// <summary>Wraps pixels without copying them; the caller must not hand the same memory to anybody who writes to it.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="layout">Samples of each pixel.</param>
    /// <param name="pixels">Samples, uint8 [height, width, channels]; exactly width x height x channels bytes.</param>
    /// <param name="metadata">Metadata to carry; none when null.</param>
    /// <exception cref="ArgumentException">A dimension is below 1 or the number of bytes does not fit.</exception>
    public Image(int width, int height, ImageLayout layout, Memory<byte> pixels, ImageMetadata? metadata = null)
    {
        long expected = ByteCount(width, height, layout);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A {width} x {height} picture of layout {layout} has {expected} bytes, {pixels.Length} were given.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Layout = layout;
        Pixels = pixels;
        Metadata = metadata ?? ImageMetadata.Empty;
    }

    /// <summary>Creates a picture whose samples are all zero.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="layout">Samples of each pixel.</param>
    /// <param name="metadata">Metadata to carry; none when null.</param>
    /// <exception cref="ArgumentException">A dimension is below 1, or the picture would not fit into one array.</exception>
    public Image(int width, int height, ImageLayout layout, ImageMetadata? metadata = null)
        : this(width, height, layout, new byte[ByteCount(width, height, layout)], metadata)
    {
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Samples of each pixel.</summary>
    public ImageLayout Layout { get; }

    /// <summary>The samples, uint8 [height, width, channels].</summary>
    public Memory<byte> Pixels { get; }

    /// <summary>The metadata that travels with the picture; never null.</summary>
    public ImageMetadata Metadata { get; }

    /// <summary>Samples per pixel, alpha included: 1 to 4.</summary>
    public int Channels => (int)Layout;

    /// <summary>Width times height.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>True when the last sample of each pixel is alpha.</summary>
    public bool HasAlpha => Layout is ImageLayout.GrayAlpha or ImageLayout.Rgba;

    /// <summary>True when the colour of each pixel is a single grey sample.</summary>
    public bool IsGray => Layout is ImageLayout.Gray or ImageLayout.GrayAlpha;

    /// <summary>The same pixels (not copied) with other metadata.</summary>
    /// <param name="metadata">The metadata to carry.</param>
    public Image WithMetadata(ImageMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new Image(Width, Height, Layout, Pixels, metadata);
    }

    /// <summary>Separates the colour from the alpha plane.</summary>
    /// <returns>
    /// A picture without alpha and the alpha plane, uint8 [height, width]; this picture itself and null when there is no alpha.
    /// </returns>
    public (Image Color, byte[]? Alpha) SplitAlpha()
    {
        if (!HasAlpha)
        {
            return (this, null);
        }

        var color = new Image(Width, Height, IsGray ? ImageLayout.Gray : ImageLayout.Rgb, Metadata);
        byte[] alpha = new byte[PixelCount];
        PixelLoops.Split(Pixels.Span, color.Pixels.Span, alpha, color.Channels);
        return (color, alpha);
    }

    /// <summary>Adds an alpha plane: the reverse of <see cref="SplitAlpha"/>.</summary>
    /// <param name="alpha">Alpha plane, uint8 [height, width], 0 is transparent.</param>
    /// <exception cref="ArgumentException">The plane has another number of pixels.</exception>
    /// <exception cref="InvalidOperationException">The picture has alpha already.</exception>
    public Image WithAlpha(ReadOnlySpan<byte> alpha)
    {
        if (HasAlpha)
        {
            throw new InvalidOperationException("The picture has an alpha plane already; split it off first.");
        }

        if (alpha.Length != PixelCount)
        {
            throw new ArgumentException($"The alpha plane has {alpha.Length} samples, the picture has {PixelCount} pixels.", nameof(alpha));
        }

        var joined = new Image(Width, Height, IsGray ? ImageLayout.GrayAlpha : ImageLayout.Rgba, Metadata);
        PixelLoops.Join(Pixels.Span, alpha, joined.Pixels.Span, Channels);
        return joined;
    }

    /// <summary>The picture with red, green and blue samples: grey is repeated, alpha is kept; itself when it is coloured already.</summary>
    public Image ToRgb()
    {
        if (!IsGray)
        {
            return this;
        }

        var rgb = new Image(Width, Height, HasAlpha ? ImageLayout.Rgba : ImageLayout.Rgb, Metadata);
        PixelLoops.GrayToRgb(Pixels.Span, rgb.Pixels.Span, HasAlpha);
        return rgb;
    }

    /// <summary>
    /// Lays the picture over a uniform grey background, which removes its alpha; itself when it has none. Samples are mixed as stored
    /// (in the sRGB domain), as web browsers do.
    /// </summary>
    /// <param name="background">Level of the background in all channels, 255 is white.</param>
    public Image Flatten(byte background = 255)
    {
        if (!HasAlpha)
        {
            return this;
        }

        var flat = new Image(Width, Height, IsGray ? ImageLayout.Gray : ImageLayout.Rgb, Metadata);
        PixelLoops.Flatten(Pixels.Span, flat.Pixels.Span, flat.Channels, background);
        return flat;
    }

    /// <summary>True when no pixel is even partly transparent.</summary>
    internal bool IsOpaque => !HasAlpha || PixelLoops.IsOpaque(Pixels.Span, Channels);

    private static int ByteCount(int width, int height, ImageLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (layout is < ImageLayout.Gray or > ImageLayout.Rgba)
        {
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "Not a picture layout.");
        }

        Int128 bytes = (Int128)width * height * (int)layout;
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new ArgumentException($"A {width} x {height} picture of layout {layout} does not fit into one array of {Array.MaxLength} bytes.");
    }
}
