using System.Runtime.InteropServices;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>One named tensor: type, shape and bytes. The bytes are a slice of the file or of what the caller gave, never a copy.</summary>
public sealed class SafetensorsTensor
{
    /// <summary>Most dimensions.</summary>
    public const int MaxRank = 16;

    /// <summary>Describes a tensor whose bytes exist already.</summary>
    /// <param name="name">Its name; not empty, not "__metadata__".</param>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Dimensions, outermost first; empty for a scalar; a dimension may be 0.</param>
    /// <param name="bytes">The elements, little-endian, row-major, without gaps.</param>
    /// <exception cref="ArgumentException">The bytes do not fit the shape, or the name is reserved.</exception>
    public SafetensorsTensor(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name == SafetensorsHeader.MetadataKey)
        {
            throw new ArgumentException($"'{name}' is reserved for metadata.", nameof(name));
        }

        if (TensorShape.FindFault(shape, type, bytes.Length) is { } fault)
        {
            throw new ArgumentException($"Tensor '{name}': {fault}.", nameof(shape));
        }

        Name = name;
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The name, unique in its file.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, little-endian, row-major.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / Type.SizeOf();

    /// <summary>Makes a tensor from values; they are copied.</summary>
    /// <typeparam name="T">float, Half, double, sbyte, byte, short, int, long or bool.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="values">The elements, row-major.</param>
    public static SafetensorsTensor Create<T>(string name, IReadOnlyList<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        TensorValues.RequireLittleEndian();
        return new SafetensorsTensor(name, TensorValues.TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>Makes a half-precision tensor from floats, rounded to nearest even; half the bytes for weights that can bear it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="values">The elements, row-major; values above 65504 become infinite.</param>
    public static SafetensorsTensor CreateHalf(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)values[i];
        }

        return Create<Half>(name, shape, halves);
    }

    /// <summary>The elements of an F32, F16 or BF16 tensor as floats; exact.</summary>
    /// <exception cref="InvalidBitstreamException">Another type.</exception>
    public float[] ToFloats() => TensorValues.ToFloats(this);

    /// <summary>The elements of an I16, I8 or U8 tensor.</summary>
    /// <exception cref="InvalidBitstreamException">Another type.</exception>
    public short[] ToInt16s() => TensorValues.ToInt16s(this);

    /// <summary>The elements of an I32, I16, I8 or U8 tensor.</summary>
    /// <exception cref="InvalidBitstreamException">Another type.</exception>
    public int[] ToInt32s() => TensorValues.ToInt32s(this);

    /// <summary>The elements of an I64, I32, I16, I8 or U8 tensor.</summary>
    /// <exception cref="InvalidBitstreamException">Another type.</exception>
    public long[] ToInt64s() => TensorValues.ToInt64s(this);

    /// <summary>The tensor as it enters a <see cref="CanonicalTensorHash"/>.</summary>
    public CanonicalTensor ToCanonical() => new(Name, Type, Shape, Bytes);

    /// <summary>Name, type and shape.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";
}
