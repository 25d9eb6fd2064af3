using System.Text;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>Reads the dictionary in the head of a .npy file as the small language it is; anything else that Python would evaluate is refused.</summary>
internal ref struct NpyHeader
{
    // Little-endian types, as NumPy names them.
    private static readonly (string Name, ElementType Type)[] s_types =
        [("<f4", ElementType.F32), ("<i2", ElementType.I16), ("<i4", ElementType.I32), ("<i8", ElementType.I64)];

    private readonly ReadOnlySpan<byte> _text;
    private readonly long _offset;
    private int _at;

    private NpyHeader(ReadOnlySpan<byte> text, long offset)
    {
        _text = text;
        _offset = offset;
    }

    /// <summary>NumPy's name of a type.</summary>
    internal static string NameOf(ElementType type) => Array.Find(s_types, t => t.Type == type).Name;

    /// <summary>The shape and type that a header states.</summary>
    /// <param name="text">The header.</param>
    /// <param name="offset">Where it begins in its file, for messages.</param>
    internal static (long[] Shape, ElementType Type) Parse(ReadOnlySpan<byte> text, long offset)
    {
        NpyHeader header = new(text, offset);
        return header.ReadDictionary();
    }

    private (long[] Shape, ElementType Type) ReadDictionary()
    {
        long[]? shape = null;
        string? type = null;
        bool? columnsFirst = null;
        Expect('{');
        while (!Take('}'))
        {
            string key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = ReadString();
                    break;
                case "fortran_order" when columnsFirst is null:
                    columnsFirst = ReadBool();
                    break;
                case "shape" when shape is null:
                    shape = ReadTuple();
                    break;
                default:
                    throw Fault($"the key '{key}' is unknown or comes twice");
            }

            if (!Take(','))
            {
                Expect('}');
                break;
            }
        }

        if (Peek() != 0)
        {
            throw Fault("something follows the dictionary");
        }

        if (shape is null || type is null || columnsFirst is null)
        {
            throw Fault("it lacks one of 'descr', 'fortran_order' and 'shape'");
        }

        int known = Array.FindIndex(s_types, t => t.Name == type);
        return known < 0 || columnsFirst.Value
            ? throw new UnsupportedBitstreamException(
                $"The array holds '{type}' {(columnsFirst.Value ? "column by column" : "row by row")}; this build reads {string.Join(", ", s_types.Select(t => $"'{t.Name}'"))} row by row: save it with numpy.ascontiguousarray(x, 'float32') or 'int16'.")
            : (shape, s_types[known].Type);
    }

    private string ReadString()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Fault("a text in quotes was expected");
        }

        ReadOnlySpan<byte> rest = _text[(_at + 1)..];
        int length = rest.IndexOf((byte)quote);
        if (length < 0 || rest[..length].IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 || rest[..length].Contains((byte)'\\'))
        {
            throw Fault("a text does not end or is not plain ASCII");
        }

        _at += length + 2;
        return Encoding.ASCII.GetString(rest[..length]);
    }

    private bool ReadBool()
    {
        Peek();
        bool value = _text[_at..].StartsWith("True"u8);
        if (!value && !_text[_at..].StartsWith("False"u8))
        {
            throw Fault("True or False was expected");
        }

        _at += value ? 4 : 5;
        return value;
    }

    private long[] ReadTuple()
    {
        List<long> numbers = [];
        Expect('(');
        while (!Take(')'))
        {
            if (numbers.Count == SafetensorsTensor.MaxRank)
            {
                throw Fault($"the shape has more than {SafetensorsTensor.MaxRank} dimensions");
            }

            numbers.Add(ReadNumber());
            if (!Take(','))
            {
                // (3) is a number in Python, (3,) a tuple.
                Expect(numbers.Count == 1 ? ',' : ')');
                break;
            }
        }

        return [.. numbers];
    }

    private long ReadNumber()
    {
        Peek();
        int length = _text[_at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        long number = 0;
        if (length is < 1 or > 18)
        {
            throw Fault("a dimension was expected");
        }

        foreach (byte digit in _text.Slice(_at, length))
        {
            number = (10 * number) + (digit - '0');
        }

        _at += length;
        return number;
    }

    // The next character that is no blank, or NUL at the end.
    private char Peek()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n')
        {
            _at++;
        }

        return _at < _text.Length ? (char)_text[_at] : '\0';
    }

    private bool Take(char character)
    {
        bool there = Peek() == character;
        _at += there ? 1 : 0;
        return there;
    }

    private void Expect(char character)
    {
        if (!Take(character))
        {
            throw Fault($"'{character}' was expected");
        }
    }

    private readonly InvalidBitstreamException Fault(string message) => new($"The header of the .npy file: {message}", _offset + _at);
}
