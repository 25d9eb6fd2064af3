namespace Codecs.Formats.Container;

/// <summary>The chunks of a Full file; the numbers are part of the format (5 bits).</summary>
public enum ChunkId : byte
{
    /// <summary>Last chunk: totals.</summary>
    End = 0,

    /// <summary>First chunk: facts about the whole file.</summary>
    Head = 1,

    /// <summary>One track.</summary>
    Track = 2,

    /// <summary>One model reference.</summary>
    Model = 3,

    /// <summary>One coded unit.</summary>
    Data = 4,

    /// <summary>Start of a segment.</summary>
    Segment = 5,

    /// <summary>Table of random access points.</summary>
    Index = 6,

    /// <summary>Colour profile.</summary>
    Colour = 7,

    /// <summary>Exif, XMP, tags.</summary>
    Metadata = 8,

    /// <summary>Digest of the whole file.</summary>
    Hash = 9,

    /// <summary>Embedded weights.</summary>
    Weights = 10,

    /// <summary>Descriptions of layers.</summary>
    Layers = 11,

    /// <summary>Padding.</summary>
    Padding = 12,

    /// <summary>Facts about the encoder run.</summary>
    Diagnostics = 13,

    /// <summary>A four-letter name follows: private and future chunks.</summary>
    FourCc = 31,
}
