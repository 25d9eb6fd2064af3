using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Reads the orientation in a JPEG XL codestream, which counts, while that of an Exif box does not.</summary>
/// <remarks>ISO/IEC 18181-1: SizeHeader and the beginning of ImageMetadata; 18181-2 for the boxes.</remarks>
internal static class JxlHeader
{
    /// <summary>The orientation 1..8 (numbered as in Exif), or 1 when the header cannot be read; the decoder will complain about that.</summary>
    public static int Orientation(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> codestream = Codestream(data);
        if (codestream.Length < 3 || codestream[0] != 0xFF || codestream[1] != 0x0A)
        {
            return 1;
        }

        var bits = new BitReader(codestream[2..]);
        bool small = bits.Read(1) == 1;
        SkipSide(ref bits, small);
        // A ratio other than 0 gives the width.
        if (bits.Read(3) == 0)
        {
            SkipSide(ref bits, small);
        }

        bool allDefault = bits.Read(1) == 1;
        return !allDefault && bits.Read(1) == 1 ? bits.Read(3) + 1 : 1;
    }

    private static void SkipSide(ref BitReader bits, bool small)
    {
        ReadOnlySpan<int> widths = [9, 13, 18, 30];
        bits.Skip(small ? 5 : widths[bits.Read(2)]);
    }

    /// <summary>The first piece of the codestream: the file itself, or the first jxlc or jxlp box.</summary>
    private static ReadOnlySpan<byte> Codestream(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]))
        {
            return data;
        }

        for (ReadOnlySpan<byte> rest = data; rest.Length >= 8;)
        {
            // Box: size (4) with two special values, name (4), for size 1 the real size (8), content.
            ulong size = BinaryPrimitives.ReadUInt32BigEndian(rest);
            int header = 8;
            if (size == 0)
            {
                size = (ulong)rest.Length;
            }
            else if (size == 1 && rest.Length >= 16)
            {
                size = BinaryPrimitives.ReadUInt64BigEndian(rest[8..]);
                header = 16;
            }

            if (size < (ulong)header)
            {
                break;
            }

            size = Math.Min(size, (ulong)rest.Length);
            ReadOnlySpan<byte> content = rest[header..(int)size];
            if (rest[4..].StartsWith("jxlc"u8))
            {
                return content;
            }

            if (rest[4..].StartsWith("jxlp"u8))
            {
                // A running number comes first.
                return content.Length > 4 ? content[4..] : default;
            }

            rest = rest[(int)size..];
        }

        return default;
    }

    /// <summary>Bits from the lowest of each byte upwards; zeros behind the end.</summary>
    private ref struct BitReader(ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;
        private int _at;

        public void Skip(int count) => _at += count;

        public int Read(int count)
        {
            int value = 0;
            for (int i = 0; i < count; i++, _at++)
            {
                if (_at / 8 < _data.Length)
                {
                    value |= ((_data[_at / 8] >> (_at % 8)) & 1) << i;
                }
            }

            return value;
        }
    }
}
