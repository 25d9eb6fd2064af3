using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>The values of a PLY file, one after the other, whatever the encoding.</summary>
internal ref struct PlyValues
{
    private readonly PlyEncoding _encoding;
    private ReadOnlySpan<byte> _left;
    private TextScanner _text;

    public PlyValues(ReadOnlySpan<byte> body, PlyEncoding encoding)
    {
        _encoding = encoding;
        _left = body;
        _text = new TextScanner(encoding == PlyEncoding.Ascii ? body : []);
    }

    /// <summary>The next number.</summary>
    /// <exception cref="MediaException">The file ends, or has no number there.</exception>
    public double Next(PlyType type)
    {
        if (_encoding == PlyEncoding.Ascii)
        {
            ReadOnlySpan<byte> word = _text.WordOfAnyLine();
            return word.IsEmpty ? throw Truncated() : NextOfText(word);
        }

        int size = PlyHeader.BytesOf(type);
        if (_left.Length < size)
        {
            throw Truncated();
        }

        ReadOnlySpan<byte> at = _left;
        _left = _left[size..];
        return _encoding == PlyEncoding.LittleEndian ? Little(at, type) : Big(at, type);
    }

    /// <summary>The next length of a list; that many numbers can follow.</summary>
    /// <exception cref="MediaException">They cannot.</exception>
    public int NextLength(PlyProperty property)
    {
        double length = Next(property.Length!.Value);
        long most = _encoding == PlyEncoding.Ascii ? int.MaxValue : _left.Length / PlyHeader.BytesOf(property.Type);
        return length >= 0 && length <= most && Math.Floor(length) == length
            ? (int)length
            : throw new MediaException($"A list '{property.Name}' of the PLY file has the length {length}; the file has room for {most}.");
    }

    private readonly double NextOfText(ReadOnlySpan<byte> word) =>
        double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : throw _text.Wrong(word, "a number");

    private static double Little(ReadOnlySpan<byte> at, PlyType type) => type switch
    {
        PlyType.Int8 => (sbyte)at[0],
        PlyType.UInt8 => at[0],
        PlyType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
        PlyType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        PlyType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
        PlyType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
        PlyType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(at),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
    };

    private static double Big(ReadOnlySpan<byte> at, PlyType type) => type switch
    {
        PlyType.Int8 => (sbyte)at[0],
        PlyType.UInt8 => at[0],
        PlyType.Int16 => BinaryPrimitives.ReadInt16BigEndian(at),
        PlyType.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(at),
        PlyType.Int32 => BinaryPrimitives.ReadInt32BigEndian(at),
        PlyType.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(at),
        PlyType.Float32 => BinaryPrimitives.ReadSingleBigEndian(at),
        _ => BinaryPrimitives.ReadDoubleBigEndian(at),
    };

    private static MediaException Truncated() => new("The PLY file is truncated: it ends before all its elements were read.");
}
