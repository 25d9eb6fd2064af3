using System.Buffers.Binary;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>The two facts about an ICC profile that are needed before a colour engine may see it.</summary>
/// <remarks>ICC.1:2022: header 7.2, tag table 7.3, multiLocalizedUnicodeType 10.15; textDescriptionType of version 2 (ICC.1:2001, 6.5.17).</remarks>
internal static class IccProfile
{
    private const int HeaderSize = 128;
    private const int MaxName = 80;

    /// <summary>The signature of the profile's data colour space, such as "RGB ", or an empty span when this is no profile.</summary>
    public static ReadOnlySpan<byte> ColorSpace(ReadOnlySpan<byte> profile) =>
        profile.Length >= HeaderSize + 4 && profile.Slice(36, 4).SequenceEqual("acsp"u8) ? profile.Slice(16, 4) : default;

    /// <summary>The profile's name for messages: printable characters only, "without a name" when there is none.</summary>
    public static string Name(ReadOnlySpan<byte> profile)
    {
        var name = new StringBuilder();
        foreach (char c in Description(profile))
        {
            if (!char.IsControl(c) && !char.IsSurrogate(c) && name.Length < MaxName)
            {
                name.Append(c);
            }
        }

        string text = name.ToString().Trim();
        return text.Length > 0 ? text : "without a name";
    }

    private static string Description(ReadOnlySpan<byte> profile)
    {
        ReadOnlySpan<byte> tag = Tag(profile, "desc"u8);
        if (tag.StartsWith("desc"u8) && tag.Length >= 12)
        {
            // Length (4, with the terminating zero) at 8, then ASCII.
            uint length = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
            return Encoding.ASCII.GetString(tag.Slice(12, (int)Math.Min(length, tag.Length - 12)));
        }

        if (tag.StartsWith("mluc"u8) && tag.Length >= 28)
        {
            // The first record at 16: language (2), country (2), length (4), offset (4); text in UTF-16, big endian.
            uint length = BinaryPrimitives.ReadUInt32BigEndian(tag[20..]);
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(tag[24..]);
            return offset < tag.Length
                ? Encoding.BigEndianUnicode.GetString(tag.Slice((int)offset, (int)Math.Min(length, tag.Length - offset)))
                : string.Empty;
        }

        return string.Empty;
    }

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, ReadOnlySpan<byte> signature)
    {
        if (profile.Length < HeaderSize + 4)
        {
            return default;
        }

        ReadOnlySpan<byte> table = profile[(HeaderSize + 4)..];
        long count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderSize..]), table.Length / 12);
        for (int i = 0; i < count; i++)
        {
            // Entry: signature (4), offset (4), size (4).
            ReadOnlySpan<byte> entry = table.Slice(i * 12, 12);
            if (entry.StartsWith(signature))
            {
                uint offset = BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);
                uint size = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
                return offset < profile.Length ? profile.Slice((int)offset, (int)Math.Min(size, profile.Length - offset)) : default;
            }
        }

        return default;
    }
}
