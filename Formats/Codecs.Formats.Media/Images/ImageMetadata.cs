namespace Codecs.Formats.Media;

/// <summary>Blocks of metadata that travel with a picture unread, each in the form its own standard gives it.</summary>
public sealed record ImageMetadata
{
    /// <summary>No metadata at all.</summary>
    public static ImageMetadata Empty { get; } = new();

    /// <summary>
    /// The Exif block, starting at its TIFF header ("II*\0" or "MM\0*", without the "Exif\0\0" prefix of JPEG), or null. The orientation
    /// tag of a picture that was read from a file is 1 (upright), because the pixels were turned.
    /// </summary>
    public byte[]? Exif { get; init; }

    /// <summary>The XMP packet, UTF-8 XML, or null.</summary>
    public byte[]? Xmp { get; init; }

    /// <summary>The ICC profile that the pixels refer to, or null when they are sRGB.</summary>
    public byte[]? Icc { get; init; }

    /// <summary>The IPTC IIM records, or null.</summary>
    public byte[]? Iptc { get; init; }

    /// <summary>True when there is no block at all.</summary>
    public bool IsEmpty => Exif is null && Xmp is null && Icc is null && Iptc is null;
}
