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
        return name.Length > 0
            ? (name, cursor.ReadText("value", NcfLimits.Default.MaxTextBytes))
            : throw cursor.Fault("the name is empty");
    }

    /// <summary>A cover picture.</summary>
    /// <param name="mediaType">Its media type, such as <c>image/jpeg</c>.</param>
    /// <param name="picture">The picture file, kept exactly; not looked into.</param>
    public static MetadataItem CoverArt(string mediaType, ReadOnlySpan<byte> picture)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        if (!TextRules.IsMediaType(mediaType))
        {
            throw new ArgumentException($"\"{mediaType}\" is no media type such as image/jpeg.", nameof(mediaType));
        }

        ArrayBufferWriter<byte> bytes = new();
        TextRules.Write(bytes, mediaType);
        bytes.Write(picture);
        return new MetadataItem(MetadataKey.CoverArt, bytes.WrittenMemory);
    }

    /// <summary>Reads a cover picture.</summary>
    /// <returns>Media type and picture file, the latter a slice of <see cref="Bytes"/>; null when the item is no cover picture.</returns>
    /// <exception cref="InvalidBitstreamException">The item is damaged.</exception>
    public (string MediaType, ReadOnlyMemory<byte> Picture)? ReadCoverArt()
    {
        if (Key != MetadataKey.CoverArt)
        {
            return null;
        }

        ByteCursor cursor = new(Bytes.Span, 0, "Cover art");
        string mediaType = cursor.ReadText("media type", NcfLimits.Default.MaxTextBytes);
        return TextRules.IsMediaType(mediaType)
            ? (mediaType, Bytes[cursor.Position..])
            : throw cursor.Fault($"\"{mediaType}\" is no media type such as image/jpeg");
    }
}
