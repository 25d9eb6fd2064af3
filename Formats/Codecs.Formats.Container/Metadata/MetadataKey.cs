namespace Codecs.Formats.Container;

/// <summary>What a metadata item is; the numbers are part of the format, other numbers are kept as they are.</summary>
public enum MetadataKey
{
    /// <summary>Exif, starting with the TIFF header.</summary>
    Exif = 1,

    /// <summary>XMP packet, UTF-8.</summary>
    Xmp = 2,

    /// <summary>A name and a value (see <see cref="MetadataItem.Text"/>).</summary>
    Text = 3,

    /// <summary>Cover picture: media type text, then bytes.</summary>
    CoverArt = 4,

    /// <summary>C2PA manifest store (JUMBF).</summary>
    C2pa = 5,

    /// <summary>IPTC-IIM records.</summary>
    Iptc = 6,

    /// <summary>Chapter list.</summary>
    Chapters = 7,

    /// <summary>Caption.</summary>
    Caption = 8,
}
