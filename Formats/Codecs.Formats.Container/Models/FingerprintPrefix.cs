using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>The first bits of a <see cref="Fingerprint"/>, as files store them: 30 bits in Tiny, 8 to 32 bytes in Full, nothing when unknown.</summary>
public readonly struct FingerprintPrefix : IEquatable<FingerprintPrefix>
{
    /// <summary>Bits in the Tiny form.</summary>
    public const int TinyBits = 30;

    // The prefix padded with zeros; for the Tiny form the 30 bits as stored, with the forced bit.
    private readonly Fingerprint _padded;

    private FingerprintPrefix(Fingerprint padded, int bitLength)
    {
        _padded = padded;
        BitLength = bitLength;
    }

    /// <summary>Bits that are known: 0 (no prefix), 30 (Tiny) or a multiple of 8.</summary>
    public int BitLength { get; }

    /// <summary>True when nothing is known.</summary>
    public bool IsEmpty => BitLength == 0;

    /// <summary>Whole bytes that are known; 0 for the Tiny form, which has no byte form.</summary>
    public int ByteLength => BitLength == TinyBits ? 0 : BitLength / 8;

    /// <summary>The Tiny form of this prefix (see <see cref="Fingerprint.TinyPrefix"/>).</summary>
    /// <exception cref="InvalidOperationException">Fewer than 30 bits are known.</exception>
    public uint TinyValue => BitLength >= TinyBits
        ? _padded.TinyPrefix
        : throw new InvalidOperationException($"Only {BitLength} bits of the fingerprint are known, the Tiny form needs {TinyBits}.");

    /// <summary>A prefix of whole bytes.</summary>
    /// <param name="bytes">1..32 bytes.</param>
    public static FingerprintPrefix FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length, nameof(bytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Fingerprint.Length, nameof(bytes));
        Span<byte> padded = stackalloc byte[Fingerprint.Length];
        padded.Clear();
        bytes.CopyTo(padded);
        return new FingerprintPrefix(new Fingerprint(padded), 8 * bytes.Length);
    }

    /// <summary>The prefix that a Tiny file stores.</summary>
    /// <param name="value">2^14..2^30-1, bit 14 set.</param>
    public static FingerprintPrefix FromTiny(uint value)
    {
        if (value >= 1u << TinyBits || (value & NcfConstants.RegistryLimit) == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A Tiny prefix has 30 bits, bit 14 of them set.");
        }

        Span<byte> padded = stackalloc byte[Fingerprint.Length];
        padded.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(padded, value << 2);
        return new FingerprintPrefix(new Fingerprint(padded), TinyBits);
    }

    /// <summary>True when the fingerprint starts with these bits; an empty prefix matches nothing.</summary>
    public bool Matches(Fingerprint fingerprint) => BitLength switch
    {
        0 => false,
        TinyBits => fingerprint.TinyPrefix == TinyValue,
        _ => fingerprint.Prefix(ByteLength).Equals(this),
    };

    /// <summary>Writes the <see cref="ByteLength"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> all = stackalloc byte[Fingerprint.Length];
        _padded.CopyTo(all);
        all[..ByteLength].CopyTo(destination);
    }

    /// <inheritdoc/>
    public bool Equals(FingerprintPrefix other) => BitLength == other.BitLength && _padded == other._padded;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FingerprintPrefix other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BitLength, _padded);

    /// <summary>Hexadecimal digits; the Tiny form starts with "tiny:" because its bits are not whole bytes.</summary>
    public override string ToString() => BitLength switch
    {
        0 => "",
        TinyBits => $"tiny:{TinyValue:x8}",
        _ => _padded.ToString()[..(BitLength / 4)],
    };

    /// <summary>Same bits.</summary>
    public static bool operator ==(FingerprintPrefix left, FingerprintPrefix right) => left.Equals(right);

    /// <summary>Different bits.</summary>
    public static bool operator !=(FingerprintPrefix left, FingerprintPrefix right) => !left.Equals(right);
}
