using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>The SHA-256 that identifies a model's entropy or synthesis part.</summary>
public readonly struct Fingerprint : IEquatable<Fingerprint>
{
    /// <summary>Bytes of a fingerprint.</summary>
    public const int Length = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes the 32 bytes of a digest.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Fingerprint(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Length)
        {
            throw new ArgumentException($"A fingerprint has {Length} bytes, not {digest.Length}.", nameof(digest));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The 30-bit form of Tiny files: the first 30 bits, with bit 14 forced to 1 so that no prefix looks like a registry number.</summary>
    public uint TinyPrefix => ((uint)(_a >> 34)) | NcfConstants.RegistryLimit;

    /// <summary>The fingerprint of some bytes: their SHA-256.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(data, digest);
        return new Fingerprint(digest);
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Fingerprint fingerprint)
    {
        fingerprint = default;
        Span<byte> digest = stackalloc byte[Length];
        if (hex.Length != 2 * Length || Convert.FromHexString(hex, digest, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        fingerprint = new Fingerprint(digest);
        return true;
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Fingerprint Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out Fingerprint value) ? value : throw new FormatException("A fingerprint is written as 64 hexadecimal digits.");

    /// <summary>The first bytes, as a file stores them.</summary>
    /// <param name="bytes">1..32; files store 8 to 32.</param>
    public FingerprintPrefix Prefix(int bytes = NcfConstants.MinFingerprintBytes)
    {
        Span<byte> all = stackalloc byte[Length];
        CopyTo(all);
        return FingerprintPrefix.FromBytes(all[..bytes]);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Fingerprint other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fingerprint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _a.GetHashCode();

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Same bytes.</summary>
    public static bool operator ==(Fingerprint left, Fingerprint right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Fingerprint left, Fingerprint right) => !left.Equals(right);
}
