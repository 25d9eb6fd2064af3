using System.Buffers;
using System.Text;

namespace Codecs.Formats.Container;

/// <summary>What a text in a file may hold: it will be printed on terminals, so control characters stay out.</summary>
internal static class TextRules
{
    private static readonly SearchValues<char> s_mediaTypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+");

    /// <summary>True when no character is a control character.</summary>
    public static bool IsPrintable(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for a type and a subtype of letters, digits and !#$&amp;-^_.+ (RFC 6838, section 4.2), without parameters.</summary>
    public static bool IsMediaType(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            && !text.AsSpan(0, slash).ContainsAnyExcept(s_mediaTypeCharacters)
            && !text.AsSpan(slash + 1).ContainsAnyExcept(s_mediaTypeCharacters);
    }

    /// <summary>Writes a text after checking that a reader will accept it.</summary>
    public static void Write(IBufferWriter<byte> output, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > NcfLimits.Default.MaxTextBytes || !IsPrintable(text))
        {
            throw new ArgumentException(
                $"A text in a file has at most {NcfLimits.Default.MaxTextBytes} UTF-8 bytes and no control characters; this one has {length} bytes.",
                nameof(text));
        }

        Varint.Write(output, (ulong)length);
        Encoding.UTF8.GetBytes(text, output);
    }
}
