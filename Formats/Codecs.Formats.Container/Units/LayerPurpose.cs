namespace Codecs.Formats.Container;

/// <summary>What a layer is for; the numbers are part of the format, others are kept.</summary>
public enum LayerPurpose : byte
{
    /// <summary>A small picture or short sound to show first.</summary>
    Preview = 0,

    /// <summary>The coarse version of the whole.</summary>
    Base = 1,

    /// <summary>Improves the layers before it.</summary>
    Refinement = 2,

    /// <summary>Transparency.</summary>
    Alpha = 3,

    /// <summary>Features for machines rather than for eyes or ears.</summary>
    Semantic = 4,
}
