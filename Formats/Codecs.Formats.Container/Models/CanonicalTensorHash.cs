using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Codecs.Formats.Container;

/// <summary>Turns a set of tensors into the fingerprint of a model part: equal weights, equal fingerprint, in whatever order they come.</summary>
/// <remarks>SHA-256 over the architecture text and then the tensors sorted by UTF-8 name. Texts: u32 length, bytes. Tensor: name, element type u8,
/// rank u8, dimensions u32 each, elements. All little-endian. Integer tables and limits enter as tensors too. See docs/bitstream.md, "Model identity".</remarks>
public static class CanonicalTensorHash
{
    /// <summary>The fingerprint of an architecture with these tensors.</summary>
    /// <param name="architecture">Name and revision of the network part, such as "mlicv2-entropy/1"; may be empty.</param>
    /// <param name="tensors">Everything that influences the part's output.</param>
    /// <exception cref="ArgumentException">Two tensors share a name, or a shape does not fit the bytes.</exception>
    /// <exception cref="InvalidBitstreamException">A float tensor holds NaN or -0, which have several bit patterns for one meaning.</exception>
    public static Fingerprint Compute(string architecture, IEnumerable<CanonicalTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(tensors);
        List<(byte[] Name, CanonicalTensor Tensor)> sorted = [.. tensors.Select(t => (Encoding.UTF8.GetBytes(t.Name), t))];
        sorted.Sort(static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, Encoding.UTF8.GetBytes(architecture));
        byte[]? previous = null;
        foreach ((byte[] name, CanonicalTensor tensor) in sorted)
        {
            if (previous is not null && name.AsSpan().SequenceEqual(previous))
            {
                throw new ArgumentException($"Two tensors are named '{tensor.Name}'.", nameof(tensors));
            }

            previous = name;
            AppendTensor(hash, name, tensor);
        }

        Span<byte> digest = stackalloc byte[Fingerprint.Length];
        hash.GetHashAndReset(digest);
        return new Fingerprint(digest);
    }

    /// <summary>Turns each -0 of a float tensor into +0, so that it can be fingerprinted; other types stay as they are.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="elements">The elements, little-endian; changed in place.</param>
    public static void ClearNegativeZeros(ElementType type, Span<byte> elements)
    {
        if (!type.IsFloat())
        {
            return;
        }

        int size = type.SizeOf();
        for (int at = 0; at + size <= elements.Length; at += size)
        {
            if (Classify(type, elements.Slice(at, size)) == FloatKind.NegativeZero)
            {
                elements[at + size - 1] = 0;
            }
        }
    }

    private static void AppendTensor(IncrementalHash hash, byte[] name, in CanonicalTensor tensor)
    {
        if (tensor.Shape.Count > byte.MaxValue)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' has {tensor.Shape.Count} dimensions, at most {byte.MaxValue} can be fingerprinted.", nameof(tensor));
        }

        AppendText(hash, name);
        hash.AppendData([(byte)tensor.Type, (byte)tensor.Shape.Count]);
        long expected = tensor.Type.SizeOf();
        Span<byte> four = stackalloc byte[sizeof(uint)];
        foreach (long dimension in tensor.Shape)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, checked((uint)dimension));
            hash.AppendData(four);
            expected = checked(expected * dimension);
        }

        if (expected != tensor.Bytes.Length)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' has {tensor.Bytes.Length} bytes, its shape and type need {expected}.", nameof(tensor));
        }

        if (tensor.Type.IsFloat())
        {
            CheckFloats(tensor);
        }

        hash.AppendData(tensor.Bytes.Span);
    }

    private static void AppendText(IncrementalHash hash, byte[] utf8)
    {
        Span<byte> four = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(four, (uint)utf8.Length);
        hash.AppendData(four);
        hash.AppendData(utf8);
    }

    private static void CheckFloats(in CanonicalTensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Bytes.Span;
        int size = tensor.Type.SizeOf();
        for (int at = 0; at < bytes.Length; at += size)
        {
            FloatKind kind = Classify(tensor.Type, bytes.Slice(at, size));
            if (kind != FloatKind.Plain)
            {
                string what = kind == FloatKind.NaN ? "NaN" : "-0";
                throw new InvalidBitstreamException(
                    $"Tensor '{tensor.Name}' holds {what} at element {at / size}; a fingerprint needs one bit pattern per value (see {nameof(ClearNegativeZeros)})");
            }
        }
    }

    private static FloatKind Classify(ElementType type, ReadOnlySpan<byte> element) => type switch
    {
        ElementType.F32 => Classify(BinaryPrimitives.ReadUInt32LittleEndian(element), 0x8000_0000, 0x7F80_0000),
        ElementType.F16 => Classify(BinaryPrimitives.ReadUInt16LittleEndian(element), 0x8000, 0x7C00),
        ElementType.BF16 => Classify(BinaryPrimitives.ReadUInt16LittleEndian(element), 0x8000, 0x7F80),
        _ => Classify(BinaryPrimitives.ReadUInt64LittleEndian(element), 1UL << 63, 0x7FF0_0000_0000_0000),
    };

    private static FloatKind Classify(ulong bits, ulong sign, ulong exponent) =>
        bits == sign ? FloatKind.NegativeZero : (bits & ~sign) > exponent ? FloatKind.NaN : FloatKind.Plain;

    private enum FloatKind
    {
        Plain,
        NegativeZero,
        NaN,
    }
}
