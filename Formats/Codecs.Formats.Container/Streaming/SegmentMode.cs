namespace Codecs.Formats.Container;

/// <summary>When a writer begins a new segment.</summary>
public enum SegmentMode
{
    /// <summary>By itself, at a random access point of the lead track when enough bytes or time have passed, and when told.</summary>
    Automatic,

    /// <summary>Only when told, and before the first unit.</summary>
    Manual,

    /// <summary>Never: the file has no segments. For stills and other small files.</summary>
    None,
}
