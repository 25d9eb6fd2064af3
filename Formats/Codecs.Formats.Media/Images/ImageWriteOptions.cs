namespace Codecs.Formats.Media;

/// <summary>How pictures are written.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>The defaults: good quality, metadata included, alpha never dropped.</summary>
    public static ImageWriteOptions Default { get; } = new();

    /// <summary>
    /// Quality of the lossy formats on the scale of their own libraries, 1 (smallest file) to 100; null takes 90 (JPEG, JPEG XL), 85 (WebP) or
    /// 75 (AVIF). Lossless formats ignore it.
    /// </summary>
    public int? Quality
    {
        get;
        init
        {
            if (value is { } quality)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
            }

            field = value;
        }
    }

    /// <summary>Store every sample exactly (WebP, AVIF, JPEG XL); PNG, TIFF, BMP, PNM and PAM always do, JPEG cannot.</summary>
    public bool Lossless { get; init; }

    /// <summary>Lay a picture with alpha over <see cref="FlattenBackground"/> when the format has no alpha; otherwise that is an error.</summary>
    public bool FlattenAlpha { get; init; }

    /// <summary>Level of the background for <see cref="FlattenAlpha"/> in all channels; default 255, white.</summary>
    public byte FlattenBackground { get; init; } = 255;

    /// <summary>Write the metadata that the picture carries, as far as the format can hold it; default true.</summary>
    public bool IncludeMetadata { get; init; } = true;
}
