using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Finds and resets the orientation tag (0x0112) in the first directory of an Exif block, and its copy in XMP.</summary>
/// <remarks>
/// The block is patched in place and never rebuilt, because maker notes hold offsets that a rebuilt block would break.
/// Layout: TIFF 6.0 section 2, orientation values 1 to 8: Exif 2.32 table 4.
/// </remarks>
internal static class ExifOrientation
{
    private const int Upright = 1;

    /// <summary>The orientation 1..8, or 0 when the block has none or is damaged.</summary>
    public static int Read(ReadOnlySpan<byte> exif)
    {
        int at = Find(exif, out bool bigEndian);
        if (at < 0)
        {
            return 0;
        }

        int value = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(exif[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(exif[at..]);
        return value is >= 1 and <= 8 ? value : 0;
    }

    /// <summary>Sets the tag to 1 if there is one.</summary>
    public static void Reset(Span<byte> exif)
    {
        int at = Find(exif, out bool bigEndian);
        if (at < 0)
        {
            return;
        }

        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(exif[at..], Upright);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(exif[at..], Upright);
        }
    }

    /// <summary>Sets tiff:Orientation in an XMP packet to 1, both as an attribute and as an element, so that nobody turns the picture again.</summary>
    public static void ResetXmp(Span<byte> xmp)
    {
        ReadOnlySpan<byte> name = "tiff:Orientation"u8;
        for (int at = xmp.IndexOf(name); at >= 0;)
        {
            Span<byte> rest = xmp[(at + name.Length)..];
            // name="6" and name='6' have the digit at 2, <name>6 at 1.
            int digit = rest.Length > 2 && rest[0] == '=' ? 2 : rest.Length > 1 && rest[0] == '>' ? 1 : -1;
            if (digit > 0 && rest[digit] is >= (byte)'1' and <= (byte)'8')
            {
                rest[digit] = (byte)'1';
            }

            int next = rest.IndexOf(name);
            at = next < 0 ? -1 : at + name.Length + next;
        }
    }

    /// <summary>Offset of the tag's 16-bit value, or -1.</summary>
    private static int Find(ReadOnlySpan<byte> exif, out bool bigEndian)
    {
        bigEndian = false;
        if (exif.Length < 8)
        {
            return -1;
        }

        bigEndian = exif[..4].SequenceEqual("MM\0*"u8);
        if (!bigEndian && !exif[..4].SequenceEqual("II*\0"u8))
        {
            return -1;
        }

        uint directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (directory > exif.Length - 2)
        {
            return -1;
        }

        ReadOnlySpan<byte> entries = exif[((int)directory + 2)..];
        int count = Math.Min(ReadUInt16(exif[(int)directory..], bigEndian), entries.Length / 12);
        for (int i = 0; i < count; i++)
        {
            // Entry: tag (2 bytes), type (2), count (4), value (4); type 3 is SHORT.
            ReadOnlySpan<byte> entry = entries.Slice(i * 12, 12);
            if (ReadUInt16(entry, bigEndian) == 0x0112 && ReadUInt16(entry[2..], bigEndian) == 3)
            {
                return (int)directory + 2 + (i * 12) + 8;
            }
        }

        return -1;
    }

    private static int ReadUInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
