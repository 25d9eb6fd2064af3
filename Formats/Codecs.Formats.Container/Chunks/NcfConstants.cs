namespace Codecs.Formats.Container;

/// <summary>Fixed bytes and bits of the format; docs/bitstream.md is the normative text.</summary>
internal static class NcfConstants
{
    /// <summary>First byte of every file: cannot start UTF-8, JPEG, PNG, gzip, zstd or JPEG XL.</summary>
    public const byte Magic = 0x9E;

    /// <summary>Major version of the Full profile.</summary>
    public const byte Version = 1;

    /// <summary>Chunks with at least this many payload bytes carry a checksum.</summary>
    public const int ChecksumThreshold = 64;

    /// <summary>Longest fingerprint in a MODL chunk.</summary>
    public const int MaxFingerprintBytes = 32;

    /// <summary>Shortest fingerprint in a MODL chunk.</summary>
    public const int MinFingerprintBytes = 8;

    /// <summary>Registry numbers are below 2^14: larger references are fingerprint prefixes.</summary>
    public const int RegistryLimit = 1 << 14;

    /// <summary>Never given to a model: written as a Tiny reference it reads "CF", and a damaged Full signature would pass for a Tiny file.</summary>
    public const int ReservedRegistryNumber = 0x346;

    /// <summary>Algorithm number of SHA-256 in HASH.</summary>
    public const byte DigestSha256 = 1;

    /// <summary>The Full signature without its version byte; CR LF SUB shows damage by text-mode transfers.</summary>
    public static ReadOnlySpan<byte> Signature => [Magic, (byte)'N', (byte)'C', (byte)'F', 0x0D, 0x0A, 0x1A];

    /// <summary>First bytes of a SEGM payload; what a reader searches for after damage.</summary>
    public static ReadOnlySpan<byte> SegmentSync => [0x9E, (byte)'S', (byte)'Y', (byte)'N', (byte)'C', 0xF1, 0x7A, 0x5C];

    /// <summary>Bits of a chunk head above the 5-bit id.</summary>
    public static class Head
    {
        /// <summary>The chunk number.</summary>
        public const byte IdMask = 0x1F;

        /// <summary>Unknown means stop.</summary>
        public const byte Critical = 0x20;

        /// <summary>Unknown may be kept by an editor.</summary>
        public const byte SafeToCopy = 0x40;

        /// <summary>A CRC-32C follows the payload.</summary>
        public const byte Checksum = 0x80;
    }
}
