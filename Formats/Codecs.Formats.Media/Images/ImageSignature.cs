using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Recognises the formats of the white list by their first bytes; names and extensions are not trusted.</summary>
internal static class ImageSignature
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JxlBox => [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    /// <summary>The format of the bytes, or null when they are none of ours.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(Png))
        {
            return ImageFormat.Png;
        }

        if (data.Length >= 3 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF)
        {
            return ImageFormat.Jpeg;
        }

        if (data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8))
        {
            return ImageFormat.WebP;
        }

        // 42 is TIFF, 43 BigTIFF.
        if (data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) || data.StartsWith("II+\0"u8) || data.StartsWith("MM\0+"u8))
        {
            return ImageFormat.Tiff;
        }

        if (IsBmp(data))
        {
            return ImageFormat.Bmp;
        }

        if (data.Length >= 3 && data[0] == 'P' && data[2] is ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'#'))
        {
            if (data[1] is >= (byte)'1' and <= (byte)'6')
            {
                return ImageFormat.Pnm;
            }

            if (data[1] == '7')
            {
                return ImageFormat.Pam;
            }
        }

        // A bare codestream or one in boxes.
        if ((data.Length >= 2 && data[0] == 0xFF && data[1] == 0x0A) || data.StartsWith(JxlBox))
        {
            return ImageFormat.Jxl;
        }

        return DetectHeif(data);
    }

    private static bool IsBmp(ReadOnlySpan<byte> data)
    {
        if (data.Length < 18 || !data.StartsWith("BM"u8))
        {
            return false;
        }

        // "BM" alone begins many texts; the size of the second header tells.
        return BinaryPrimitives.ReadUInt32LittleEndian(data[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;
    }

    /// <summary>Looks through the brands of an ISO base media file: box length (4), "ftyp", brand (4), version (4), further brands.</summary>
    private static ImageFormat? DetectHeif(ReadOnlySpan<byte> data)
    {
        if (data.Length < 16 || !data[4..].StartsWith("ftyp"u8))
        {
            return null;
        }

        long size = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data), data.Length);
        ImageFormat? found = null;
        for (int at = 8; at + 4 <= size; at += at == 8 ? 8 : 4)
        {
            ReadOnlySpan<byte> brand = data.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            {
                return ImageFormat.Avif;
            }

            if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8))
            {
                found = ImageFormat.Heic;
            }
        }

        return found;
    }
}
