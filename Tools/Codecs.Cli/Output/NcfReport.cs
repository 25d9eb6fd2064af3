namespace Codecs.Cli.Output;

/// <summary>What the headers of an .ncf file say.</summary>
internal sealed record NcfReport
{
    /// <summary>tiny or full.</summary>
    public required string Profile { get; init; }

    public required string Layout { get; init; }

    public required int BitDepth { get; init; }

    public required bool Alpha { get; init; }

    public required int Orientation { get; init; }

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
