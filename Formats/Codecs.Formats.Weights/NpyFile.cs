using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>One array of numbers as NumPy's <c>.npy</c>: version 1.0, little-endian, C order. Float32 and int16 are written; int32 and int64, NumPy's own choice
/// for whole numbers, are read too. Nothing in it is executed.</summary>
/// <remarks>Layout of NumPy's NEP 1: a magic string, the version, u16 header length, the header (a Python dictionary in ASCII, blanks, a line
/// feed), raw elements. NumPy aligns the elements to 64 bytes; so does the writer, the reader does not ask for it.</remarks>
public sealed class NpyFile
{
    private const int Alignment = 64, PreambleBytes = 10;

    private readonly byte[] _elements;

    private NpyFile(IReadOnlyList<long> shape, ElementType type, byte[] elements) => (Shape, Type, _elements) = (shape, type, elements);

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>F32, I16, I32 or I64.</summary>
    public ElementType Type { get; }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Parses a file that is in memory.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidBitstreamException">Damaged, truncated or not a .npy file.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version, element type or order than the one this class writes.</exception>
    public static NpyFile Read(ReadOnlySpan<byte> file)
    {
        TensorValues.RequireLittleEndian();
        if (file.Length < PreambleBytes || !file.StartsWith(Magic))
        {
            throw new InvalidBitstreamException("This is no .npy file: it does not begin with the byte 0x93 and NUMPY", 0);
        }

        if ((file[6], file[7]) != (1, 0))
        {
            throw new UnsupportedBitstreamException($"The .npy file has version {file[6]}.{file[7]}; this build reads 1.0.");
        }

        int start = PreambleBytes + BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        if (start > file.Length)
        {
            throw new InvalidBitstreamException($"The header should end at {start}, the file has {file.Length} bytes", 8);
        }

        (long[] shape, ElementType type) = NpyHeader.Parse(file[PreambleBytes..start], PreambleBytes);
        ReadOnlySpan<byte> elements = file[start..];
        return TensorShape.FindFault(shape, type, elements.Length) is { } fault
            ? throw new InvalidBitstreamException($"The array: {fault}", start)
            : new NpyFile(shape, type, elements.ToArray());
    }

    /// <summary>The elements of an F32 array, row-major.</summary>
    /// <exception cref="UnsupportedBitstreamException">Another type.</exception>
    public float[] ToFloats() => Type == ElementType.F32
        ? MemoryMarshal.Cast<byte, float>(_elements).ToArray()
        : throw new UnsupportedBitstreamException($"The array holds {Type}; F32 is needed: save it with x.astype('float32').");

    /// <summary>The elements of an array of whole numbers, row-major.</summary>
    /// <exception cref="UnsupportedBitstreamException">The array holds floats.</exception>
    /// <exception cref="InvalidBitstreamException">A number does not fit into 16 bits.</exception>
    public short[] ToInt16s() => Type switch
    {
        ElementType.I16 => MemoryMarshal.Cast<byte, short>(_elements).ToArray(),
        ElementType.I32 => Narrow<int>(),
        ElementType.I64 => Narrow<long>(),
        _ => throw new UnsupportedBitstreamException($"The array holds {Type}; whole numbers are needed: save it with x.astype('int16')."),
    };

    /// <summary>Makes a file in memory.</summary>
    /// <typeparam name="T">float or short.</typeparam>
    /// <param name="shape">Dimensions, outermost first, at most <see cref="SafetensorsTensor.MaxRank"/>; empty for a scalar.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The values do not fill the shape, or are of another type.</exception>
    public static byte[] ToArray<T>(IReadOnlyList<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(shape);
        TensorValues.RequireLittleEndian();
        ReadOnlySpan<byte> elements = MemoryMarshal.AsBytes(values);
        ElementType type = TensorValues.TypeOf<T>();
        if (type is not (ElementType.F32 or ElementType.I16))
        {
            throw new ArgumentException($"Arrays of {typeof(T)} are not written.", nameof(values));
        }

        if (TensorShape.FindFault(shape, type, elements.Length) is { } fault)
        {
            throw new ArgumentException($"The array: {fault}.", nameof(shape));
        }

        // Python writes a tuple of one with a comma.
        string dimensions = string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + (shape.Count == 1 ? "," : "");
        string header = $"{{'descr': '{NpyHeader.NameOf(type)}', 'fortran_order': False, 'shape': ({dimensions}), }}";
        int start = (PreambleBytes + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] file = new byte[start + elements.Length];
        Magic.CopyTo(file);
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)(start - PreambleBytes));
        file.AsSpan(PreambleBytes, start - PreambleBytes).Fill((byte)' ');
        Encoding.ASCII.GetBytes(header, file.AsSpan(PreambleBytes));
        file[start - 1] = (byte)'\n';
        elements.CopyTo(file.AsSpan(start));
        return file;
    }

    private short[] Narrow<T>()
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        ReadOnlySpan<T> wide = MemoryMarshal.Cast<byte, T>(_elements);
        short[] values = new short[wide.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = short.CreateTruncating(wide[i]);
            if (T.CreateTruncating(values[i]) != wide[i])
            {
                throw new InvalidBitstreamException($"Element {i} of the array is {wide[i]}, which does not fit into 16 bits");
            }
        }

        return values;
    }
}
