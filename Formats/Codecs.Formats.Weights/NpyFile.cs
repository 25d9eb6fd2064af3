using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>One array of floats as NumPy's <c>.npy</c>: version 1.0, little-endian float32, C order. Nothing in it is executed.</summary>
/// <remarks>Layout of NumPy's NEP 1: a magic string, the version, u16 header length, the header (a Python dictionary in ASCII, blanks, a line
/// feed), raw elements. NumPy aligns the elements to 64 bytes; so does the writer, the reader does not ask for it.</remarks>
public sealed class NpyFile
{
    private const int Alignment = 64, PreambleBytes = 10;

    private NpyFile(IReadOnlyList<long> shape, float[] values) => (Shape, Values) = (shape, values);

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, row-major.</summary>
    public float[] Values { get; }

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

        long[] shape = NpyHeader.Parse(file[PreambleBytes..start], PreambleBytes);
        ReadOnlySpan<byte> elements = file[start..];
        return TensorShape.FindFault(shape, ElementType.F32, elements.Length) is { } fault
            ? throw new InvalidBitstreamException($"The array: {fault}", start)
            : new NpyFile(shape, MemoryMarshal.Cast<byte, float>(elements).ToArray());
    }

    /// <summary>Makes a file in memory.</summary>
    /// <param name="shape">Dimensions, outermost first, at most <see cref="SafetensorsTensor.MaxRank"/>; empty for a scalar.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static byte[] ToArray(IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        TensorValues.RequireLittleEndian();
        ReadOnlySpan<byte> elements = MemoryMarshal.AsBytes(values);
        if (TensorShape.FindFault(shape, ElementType.F32, elements.Length) is { } fault)
        {
            throw new ArgumentException($"The array: {fault}.", nameof(shape));
        }

        // Python writes a tuple of one with a comma.
        string dimensions = string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + (shape.Count == 1 ? "," : "");
        string header = $"{{'descr': '{NpyHeader.FloatType}', 'fortran_order': False, 'shape': ({dimensions}), }}";
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
}
