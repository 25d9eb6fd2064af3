namespace Codecs.Formats.Container;

/// <summary>How a stream is read.</summary>
public sealed record NcfReaderOptions
{
    /// <summary>Strict, no digest.</summary>
    public static NcfReaderOptions Default { get; } = new();

    /// <summary>Steps over damage to the next chunk that is good, and tells what was lost, instead of throwing. Also for joining a running stream.</summary>
    public bool Recover { get; init; }

    /// <summary>Computes the SHA-256 of the file and compares it with the stored one; costs time on every byte.</summary>
    public bool VerifyDigest { get; init; }
}
