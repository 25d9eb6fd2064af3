using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Facts about a file that its decoder does not report: how many pictures it holds, and whether it has colour at all.</summary>
/// <remarks>All walks are bounded by the bytes that are there; damage ends a walk quietly, since the decoder will complain about it.</remarks>
internal static class ImageStructure
{
    /// <summary>
    /// Dimensions in a PNG's header, or null when it has none. Read here, because the decoder spends seconds on the rows of a header that
    /// claims billions of them, even when it is only asked for the dimensions.
    /// </summary>
    public static (uint Width, uint Height)? PngSize(ReadOnlySpan<byte> data) =>
        // Signature (8), chunk length (4), "IHDR", width (4), height (4).
        data.Length >= 33 && data[12..].StartsWith("IHDR"u8)
            ? (BinaryPrimitives.ReadUInt32BigEndian(data[16..]), BinaryPrimitives.ReadUInt32BigEndian(data[20..]))
            : null;

    /// <summary>Number of pictures beyond the first (pages, animation frames), as far as the container states it.</summary>
    public static int FurtherFrames(ImageFormat format, ReadOnlySpan<byte> data) => Math.Max(0, format switch
    {
        ImageFormat.Png => ApngFrames(data),
        ImageFormat.WebP => WebPFrames(data),
        ImageFormat.Tiff => TiffPages(data),
        _ => 1,
    } - 1);

    /// <summary>True for an AVIF or HEIC file whose pictures are all coded without chroma, which the decoder hands over as RGB.</summary>
    public static bool IsMonochromeHeif(ReadOnlySpan<byte> data)
    {
        // Searching for the box names instead of walking all boxes may hit by chance; the caller also checks the pixels.
        bool found = false;
        for (int at = 0; ;)
        {
            int next = data[at..].IndexOf("av1C"u8);
            if (next < 0)
            {
                break;
            }

            at += next + 4;
            // AV1-ISOBMFF 2.3.3: marker and version, profile and level, then tier, high_bitdepth, twelve_bit, monochrome.
            if (data.Length < at + 3 || (data[at + 2] & 0x10) == 0)
            {
                return false;
            }

            found = true;
        }

        for (int at = 0; ;)
        {
            int next = data[at..].IndexOf("hvcC"u8);
            if (next < 0)
            {
                return found;
            }

            at += next + 4;
            // ISO/IEC 14496-15 8.3.2.1: chroma_format_idc is in the low bits of byte 16.
            if (data.Length < at + 17 || (data[at + 16] & 3) != 0)
            {
                return false;
            }

            found = true;
        }
    }

    private static int ApngFrames(ReadOnlySpan<byte> data)
    {
        // Chunk: length (4), name (4), data, checksum (4); acTL begins with the number of frames and stands before IDAT.
        for (int at = 8; data.Length - at >= 12;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
            ReadOnlySpan<byte> name = data.Slice(at + 4, 4);
            if (name.SequenceEqual("acTL"u8))
            {
                return (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data[(at + 8)..]), int.MaxValue);
            }

            if (name.SequenceEqual("IDAT"u8) || length > data.Length - at - 12)
            {
                break;
            }

            at += (int)length + 12;
        }

        return 1;
    }

    private static int WebPFrames(ReadOnlySpan<byte> data)
    {
        int frames = 0;
        for (int at = 12; data.Length - at >= 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..]);
            frames += data[at..].StartsWith("ANMF"u8) ? 1 : 0;
            if (length > data.Length - at - 8)
            {
                break;
            }

            at += 8 + (int)length + ((int)length & 1);
        }

        return frames;
    }

    private static int TiffPages(ReadOnlySpan<byte> data)
    {
        bool bigEndian = data[0] == 'M';
        bool wide = data[bigEndian ? 3 : 2] == 43;
        int offsetSize = wide ? 8 : 4;
        var seen = new HashSet<ulong>();
        ulong link = wide ? 8u : 4u;
        while (TryRead(data, link, offsetSize, bigEndian, out ulong directory) && directory != 0 && seen.Add(directory)
            && TryRead(data, directory, wide ? 8 : 2, bigEndian, out ulong entries) && entries <= (ulong)data.Length)
        {
            link = directory + (wide ? 8u : 2u) + (entries * (wide ? 20u : 12u));
        }

        return seen.Count;
    }

    private static bool TryRead(ReadOnlySpan<byte> data, ulong at, int size, bool bigEndian, out ulong value)
    {
        value = 0;
        if ((ulong)data.Length < (ulong)size || at > (ulong)(data.Length - size))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = data.Slice((int)at, size);
        for (int i = 0; i < size; i++)
        {
            value = (value << 8) | bytes[bigEndian ? i : size - 1 - i];
        }

        return true;
    }
}
