using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Walks through the words of a text file's lines.</summary>
internal ref struct TextScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private ReadOnlySpan<byte> _line;

    /// <summary>Number of the current line, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>What is left of the current line.</summary>
    public readonly ReadOnlySpan<byte> Rest => _line;

    /// <summary>Bytes behind the current line.</summary>
    public readonly int Position => _at;

    /// <summary>Goes to the next line; lines end with LF, CR LF or CR.</summary>
    public bool NextLine()
    {
        if (_at >= _text.Length)
        {
            _line = [];
            return false;
        }

        ReadOnlySpan<byte> left = _text[_at..];
        int end = left.IndexOfAny((byte)'\n', (byte)'\r');
        _line = end < 0 ? left : left[..end];
        _at += end < 0 ? left.Length : end + 1;
        if (end >= 0 && left[end] == (byte)'\r' && _at < _text.Length && _text[_at] == (byte)'\n')
        {
            _at++;
        }

        Line++;
        return true;
    }

    /// <summary>The next word of the line; empty at its end.</summary>
    public ReadOnlySpan<byte> Word()
    {
        _line = _line.TrimStart(" \t"u8);
        int end = _line.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = end < 0 ? _line : _line[..end];
        _line = _line[word.Length..];
        return word;
    }

    /// <summary>The next word, on whatever line; empty at the end of the text.</summary>
    public ReadOnlySpan<byte> WordOfAnyLine()
    {
        while (true)
        {
            ReadOnlySpan<byte> word = Word();
            if (!word.IsEmpty || !NextLine())
            {
                return word;
            }
        }
    }

    /// <summary>The next word as a finite number.</summary>
    /// <exception cref="MediaException">It is none.</exception>
    public float Number() => Number(Word());

    /// <summary>The next word as a finite number, if there is one.</summary>
    public bool TryNumber(out float value)
    {
        ReadOnlySpan<byte> word = Word();
        value = word.IsEmpty ? 0 : Number(word);
        return !word.IsEmpty;
    }

    /// <summary>A word as a finite number.</summary>
    /// <exception cref="MediaException">It is none.</exception>
    public readonly float Number(ReadOnlySpan<byte> word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value : throw Wrong(word, "a number");

    /// <summary>A word as a whole number.</summary>
    /// <exception cref="MediaException">It is none.</exception>
    public readonly int Integer(ReadOnlySpan<byte> word) =>
        Utf8Parser.TryParse(word, out int value, out int used) && used == word.Length ? value : throw Wrong(word, "a whole number");

    /// <summary>What is left of the line as text, without white space around it.</summary>
    public readonly string RestAsText() => Text(_line);

    /// <summary>Bytes as text: UTF-8, or Latin-1 where they are none.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \t"u8);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }

    /// <summary>The error for a word that is not what it should be.</summary>
    public readonly MediaException Wrong(ReadOnlySpan<byte> word, string expected) =>
        new($"Line {Line} has '{Text(word[..Math.Min(word.Length, 40)])}'; expected {expected}.");
}
