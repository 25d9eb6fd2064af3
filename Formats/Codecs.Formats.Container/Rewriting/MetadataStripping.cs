namespace Codecs.Formats.Container;

/// <summary>Which metadata a rewritten file leaves out.</summary>
public enum MetadataStripping
{
    /// <summary>None.</summary>
    None,

    /// <summary>What may tell of persons and places: Exif, XMP and IPTC.</summary>
    Privacy,

    /// <summary>Everything. The colour profile is no metadata, because it decides how the picture looks.</summary>
    All,
}
