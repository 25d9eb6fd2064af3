namespace Codecs.Cli.Output;

/// <summary>What the headers of an .ncf file say.</summary>
internal sealed record NcfReport
{
    /// <summary>tiny or full.</summary>
    public required string Profile { get; init; }

    /// <summary>still, video, audio, audiovideo, geometry or tensors.</summary>
    public required string Kind { get; init; }

    /// <summary>Absent, as the next three, in files without pictures.</summary>
    public string? Layout { get; init; }

    public int? BitDepth { get; init; }

    public bool? Alpha { get; init; }

    public int? Orientation { get; init; }

    /// <summary>Coded units of all tracks.</summary>
    public required int Units { get; init; }

    /// <summary>Segments; 0 in files without.</summary>
    public required int Segments { get; init; }

    /// <summary>Absent in files of codecs without.</summary>
    public NcfCodebooksReport? Codebooks { get; init; }

    public required NcfModelReport Model { get; init; }

    public required NcfBytesReport Bytes { get; init; }

    /// <summary>Kinds in file order, such as exif, xmp, icc.</summary>
    public required IReadOnlyList<string> Metadata { get; init; }

    /// <summary>The stored SHA-256, not checked; absent when there is none.</summary>
    public string? Digest { get; init; }
}

/// <summary>The model that a file names.</summary>
internal sealed record NcfModelReport(
    string? Name, int? RegistryNumber, string? EntropyFingerprint, string? SynthesisFingerprint, string? Determinism, string? InstalledAs);

/// <summary>Where the bytes of a file are; the five add up to its size.</summary>
internal sealed record NcfBytesReport(long Header, long Colour, long Alpha, long Metadata, long Profile);
