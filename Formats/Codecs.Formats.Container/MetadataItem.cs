using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>One piece of metadata; it never changes the picture.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Bytes">Its bytes, not compressed, kept exactly.</param>
public sealed record MetadataItem(MetadataKey Key, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A text tag.</summary>
    /// <param name="name">Name, at most 1024 UTF-8 bytes, no control characters.</param>
    /// <param name="value">Value, the same rules.</param>
    public static MetadataItem Text(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        ArrayBufferWriter<byte> bytes = new();
        TextRules.Write(bytes, name);
        TextRules.Write(bytes, value);
        return new MetadataItem(MetadataKey.Text, bytes.WrittenMemory);
    }

    /// <summary>Reads a text tag.</summary>
    /// <returns>Name and value; null when the item is not a text tag.</returns>
    /// <exception cref="InvalidBitstreamException">The tag is damaged.</exception>
    public (string Name, string Value)? ReadText()
    {
        if (Key != MetadataKey.Text)
        {
            return null;
        }

        ByteCursor cursor = new(Bytes.Span, 0, "Text tag");
        string name = cursor.ReadText("name", NcfLimits.Default.MaxTextBytes);
        return (name, cursor.ReadText("value", NcfLimits.Default.MaxTextBytes));
    }
}
