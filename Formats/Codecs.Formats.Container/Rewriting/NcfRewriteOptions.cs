namespace Codecs.Formats.Container;

/// <summary>How a file is rewritten. The defaults change nothing that matters.</summary>
public sealed record NcfRewriteOptions
{
    /// <summary>The form to write; null keeps the form, but a Tiny file becomes Full where it must.</summary>
    public NcfProfile? Profile { get; init; }

    /// <summary>Metadata to leave out.</summary>
    public MetadataStripping Strip { get; init; }

    /// <summary>Leaves out the ICC profile too: the colours are then those of the track's code points, and may look different.</summary>
    public bool StripColourProfile { get; init; }

    /// <summary>Metadata to add after stripping; Exif, XMP and IPTC replace what is there.</summary>
    public IReadOnlyList<MetadataItem> AddMetadata { get; init; } = [];

    /// <summary>True adds a digest (made anew), false leaves it out, null does as the file does.</summary>
    public bool? Digest { get; init; }

    /// <summary>Tiny to Full: the whole reference to the model, of which a Tiny file has only a number or 30 bits.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>Tiny to Full: the coder of the payload, as the model's manifest says.</summary>
    public CoderId Coder { get; init; } = CoderId.R64;

    /// <summary>Full to Tiny: the model's sample rate. Sound that states just this rate can be Tiny, which always has the model's.</summary>
    public int? ModelSampleRate { get; init; }
}
