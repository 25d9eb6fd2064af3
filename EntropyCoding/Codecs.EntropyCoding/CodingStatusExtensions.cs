namespace Codecs.EntropyCoding;

/// <summary>Turns a bad <see cref="CodingStatus"/> into the suite's error.</summary>
public static class CodingStatusExtensions
{
    /// <summary>Does nothing for <see cref="CodingStatus.Ok"/> and throws for everything else.</summary>
    /// <param name="status">The status that <c>Finish</c> returned.</param>
    /// <param name="what">What the payload holds, a short phrase such as "latent slice 3"; null for "entropy-coded payload".</param>
    /// <param name="offset">Byte offset of the payload in its file, or null when unknown.</param>
    /// <exception cref="InvalidBitstreamException">The status is not <see cref="CodingStatus.Ok"/>.</exception>
    public static void ThrowIfFailed(this CodingStatus status, string? what = null, long? offset = null)
    {
        if (status == CodingStatus.Ok)
        {
            return;
        }

        string finding = status switch
        {
            CodingStatus.Truncated => "the payload ended before its symbols did: the file is cut off, damaged, or read with other weights",
            CodingStatus.TrailingData => "all symbols were read but bytes are left: damaged data, other weights, or another symbol count",
            CodingStatus.CheckFailed => "the content check failed: damaged data, other weights, or another arithmetic",
            CodingStatus.InvalidHead => "the first bytes are no valid coder state: damaged data, or not an entropy-coded payload",
            CodingStatus.InvalidTable => "a symbol asked for a table that does not exist: damaged data, or other weights",
            CodingStatus.LimitExceeded => "a value is outside the range that it may have: damaged data, or other weights",
            _ => $"unknown coding status {(int)status}",
        };
        throw new InvalidBitstreamException($"{what ?? "entropy-coded payload"}: {finding}", offset);
    }
}
