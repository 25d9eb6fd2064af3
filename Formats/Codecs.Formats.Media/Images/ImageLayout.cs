namespace Codecs.Formats.Media;

/// <summary>Which samples a pixel has, in the order in which they are stored; the value is the number of samples.</summary>
public enum ImageLayout
{
    /// <summary>One grey sample.</summary>
    Gray = 1,

    /// <summary>Grey, then alpha (not premultiplied; 0 is transparent, 255 opaque).</summary>
    GrayAlpha = 2,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, then alpha (not premultiplied; 0 is transparent, 255 opaque).</summary>
    Rgba = 4,
}
