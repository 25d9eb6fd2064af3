namespace Codecs.Formats.Media;

/// <summary>How pictures are read.</summary>
public sealed record ImageReadOptions
{
    /// <summary>The defaults: convert to sRGB, at most 2^27 pixels and 1 GiB.</summary>
    public static ImageReadOptions Default { get; } = new();

    /// <summary>
    /// False (default): pixels are converted to sRGB. True: RGB and grey pixels stay as stored and the ICC profile is carried in
    /// <see cref="ImageMetadata.Icc"/>. CMYK is converted either way, as no layout could hold it.
    /// </summary>
    public bool KeepColorProfile { get; init; }

    /// <summary>Largest accepted number of pixels, checked before any pixel is decoded; default 2^27 (134 megapixels).</summary>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1L << 27;

    /// <summary>Largest accepted file in bytes, checked before it is read; default 2^30, at most what one array can hold.</summary>
    public long MaxFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength);
            field = value;
        }
    } = 1L << 30;
}
