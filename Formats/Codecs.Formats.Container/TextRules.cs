using System.Buffers;
using System.Text;

namespace Codecs.Formats.Container;

/// <summary>What a text in a file may hold: it will be printed on terminals, so control characters stay out.</summary>
internal static class TextRules
{
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
