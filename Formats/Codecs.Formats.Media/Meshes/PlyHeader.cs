using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>The header of a PLY file (Turk, The PLY polygon file format, 1994).</summary>
internal sealed class PlyHeader
{
    private const int MaxProperties = 256, MaxElements = 64;

    private PlyHeader(PlyEncoding encoding, List<PlyElement> elements, string? texture, int bytes)
    {
        Encoding = encoding;
        Elements = elements;
        TextureFile = texture;
        Bytes = bytes;
    }

    public PlyEncoding Encoding { get; }

    /// <summary>The tables in the order of the file.</summary>
    public IReadOnlyList<PlyElement> Elements { get; }

    /// <summary>The picture that MeshLab names in a comment, or null.</summary>
    public string? TextureFile { get; }

    /// <summary>Length of the header.</summary>
    public int Bytes { get; }

    /// <summary>Reads a header and checks that what it announces can fit into the rest of the file.</summary>
    /// <exception cref="MediaException">It is damaged.</exception>
    public static PlyHeader Read(ReadOnlySpan<byte> file)
    {
        var scanner = new TextScanner(file);
        PlyEncoding? encoding = null;
        var elements = new List<PlyElement>();
        string? texture = null;
        while (scanner.NextLine())
        {
            ReadOnlySpan<byte> key = scanner.Word();
            if (key.SequenceEqual("end_header"u8))
            {
                var header = new PlyHeader(encoding ?? throw new MediaException("The header of the PLY file has no format."), elements, texture, scanner.Position);
                header.CheckSize(file.Length - header.Bytes);
                return header;
            }

            if (key.SequenceEqual("format"u8))
            {
                encoding = EncodingOf(scanner.Word(), ref scanner);
            }
            else if (key.SequenceEqual("element"u8))
            {
                string name = TextScanner.Text(scanner.Word());
                ReadOnlySpan<byte> word = scanner.Word();
                if (elements.Count >= MaxElements || !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count > int.MaxValue)
                {
                    throw scanner.Wrong(word, $"the number of elements, and at most {MaxElements} kinds of them");
                }

                elements.Add(new PlyElement(name, count, []));
            }
            else if (key.SequenceEqual("property"u8))
            {
                if (elements.Count == 0 || elements[^1].Properties.Count >= MaxProperties)
                {
                    throw new MediaException($"Line {scanner.Line} has a property without an element, or one too many.");
                }

                elements[^1].Properties.Add(Property(ref scanner));
            }
            else if (key.SequenceEqual("comment"u8) && scanner.Word().SequenceEqual("TextureFile"u8))
            {
                texture ??= scanner.RestAsText();
            }
        }

        throw new MediaException("The header of the PLY file does not end.");
    }

    public static int BytesOf(PlyType type) => type switch
    {
        PlyType.Int8 or PlyType.UInt8 => 1,
        PlyType.Int16 or PlyType.UInt16 => 2,
        PlyType.Float64 => 8,
        _ => 4,
    };

    private static PlyProperty Property(ref TextScanner scanner)
    {
        ReadOnlySpan<byte> word = scanner.Word();
        if (!word.SequenceEqual("list"u8))
        {
            return new PlyProperty(Type: TypeOf(word, ref scanner), Name: TextScanner.Text(scanner.Word()), Length: null);
        }

        PlyType length = TypeOf(scanner.Word(), ref scanner), type = TypeOf(scanner.Word(), ref scanner);
        return length is PlyType.Float32 or PlyType.Float64
            ? throw new MediaException($"Line {scanner.Line} has a list whose length is no whole number.")
            : new PlyProperty(TextScanner.Text(scanner.Word()), type, length);
    }

    private static PlyEncoding EncodingOf(ReadOnlySpan<byte> word, ref TextScanner scanner) => TextScanner.Text(word) switch
    {
        "ascii" => PlyEncoding.Ascii,
        "binary_little_endian" => PlyEncoding.LittleEndian,
        "binary_big_endian" => PlyEncoding.BigEndian,
        _ => throw scanner.Wrong(word, "ascii, binary_little_endian or binary_big_endian"),
    };

    private static PlyType TypeOf(ReadOnlySpan<byte> word, ref TextScanner scanner) => TextScanner.Text(word) switch
    {
        "char" or "int8" => PlyType.Int8,
        "uchar" or "uint8" => PlyType.UInt8,
        "short" or "int16" => PlyType.Int16,
        "ushort" or "uint16" => PlyType.UInt16,
        "int" or "int32" => PlyType.Int32,
        "uint" or "uint32" => PlyType.UInt32,
        "float" or "float32" => PlyType.Float32,
        "double" or "float64" => PlyType.Float64,
        _ => throw scanner.Wrong(word, "a type such as float or uchar"),
    };

    private void CheckSize(long bytes)
    {
        Int128 needed = 0;
        foreach (PlyElement element in Elements)
        {
            if (element.Properties.Count == 0 && element.Count > 0)
            {
                throw new MediaException($"The PLY file's element '{element.Name}' has no properties.");
            }

            Int128 each = 0;
            foreach (PlyProperty property in element.Properties)
            {
                // A number and a space or line end; the last one of a file may lack it.
                each += Encoding == PlyEncoding.Ascii ? 2 : BytesOf(property.Length ?? property.Type);
            }

            needed += each * element.Count;
        }

        if (needed > bytes + 1)
        {
            throw new MediaException($"The PLY file announces elements of at least {needed} bytes, {bytes} follow its header.");
        }
    }
}
