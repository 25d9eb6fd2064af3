using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Cuts a Matroska byte stream, as <see cref="SideTracks"/> gives it, where its clusters begin: pieces that say something on their own, with their times.</summary>
/// <remarks>EBML (RFC 8794) and Matroska (RFC 9559): an element is an id, a size and a body; the segment's clusters begin with their time. Only these are looked at.</remarks>
public static class MatroskaPieces
{
    private const uint Segment = 0x18538067, Info = 0x1549A966, Cluster = 0x1F43B675, TimestampScale = 0x2AD7B1, Timestamp = 0xE7;
    private const long UnknownSize = -1, DefaultScale = 1_000_000, NanosecondsPerSecond = 1_000_000_000;
    private const int MostBytes = 1 << 26; // of one element; a cluster of sound has some megabytes at most
    private const int Block = 1 << 16;

    /// <summary>Reads pieces as they are asked for; one behind the other they are the stream.</summary>
    /// <param name="stream">From its start to its end.</param>
    /// <returns>Seconds of what a piece begins with, and its bytes.</returns>
    /// <exception cref="MediaException">The stream is no Matroska, cut within an element, or larger than any sound.</exception>
    public static IEnumerable<(double Seconds, ReadOnlyMemory<byte> Bytes)> Split(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var piece = new MemoryStream();
        double seconds = 0;
        long scale = DefaultScale;
        while (ReadHead(stream, piece) is { } head)
        {
            if (head.Id == Cluster && piece.Length > head.Length)
            {
                // The head belongs to the next piece.
                byte[] bytes = piece.ToArray();
                yield return (seconds, bytes.AsMemory(0, bytes.Length - head.Length));
                piece = new MemoryStream();
                piece.Write(bytes.AsSpan(bytes.Length - head.Length));
            }

            if (head.Id == Segment)
            {
                continue;
            }

            int start = (int)piece.Length;
            if (head.Size == UnknownSize)
            {
                throw new MediaException("The copied sound has clusters of unknown size; write it with a size.");
            }

            CopyBody(stream, piece, head.Size);
            ReadOnlySpan<byte> body = piece.GetBuffer().AsSpan(start, (int)head.Size);
            scale = head.Id == Info ? Find(body, TimestampScale) ?? scale : scale;
            seconds = head.Id == Cluster && Find(body, Timestamp) is { } ticks ? (double)ticks * scale / NanosecondsPerSecond : seconds;
        }

        if (piece.Length > 0)
        {
            yield return (seconds, piece.ToArray());
        }
    }

    // Id and size go to the piece, too. Null at the end of the stream.
    private static (uint Id, long Size, int Length)? ReadHead(Stream stream, MemoryStream piece)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        int first = stream.ReadByte();
        if (first < 0)
        {
            return null;
        }

        bytes[0] = (byte)first;
        int idLength = LengthOf(bytes[0]);
        if (idLength > sizeof(uint))
        {
            throw NotMatroska();
        }

        ReadRest(stream, bytes[1..idLength]);
        piece.Write(bytes[..idLength]);
        uint id = (uint)BigEndian(bytes[..idLength]);
        ReadRest(stream, bytes[..1]);
        int sizeLength = LengthOf(bytes[0]);
        if (sizeLength > sizeof(ulong))
        {
            throw NotMatroska();
        }

        ReadRest(stream, bytes[1..sizeLength]);
        piece.Write(bytes[..sizeLength]);
        return (id, SizeOf(bytes[..sizeLength]), idLength + sizeLength);
    }

    private static void CopyBody(Stream stream, MemoryStream piece, long size)
    {
        if (size > MostBytes || piece.Length + size > MostBytes)
        {
            throw new MediaException($"The copied sound has an element of {size} bytes, more than any sound needs.");
        }

        Span<byte> block = stackalloc byte[Block];
        for (long left = size; left > 0;)
        {
            Span<byte> part = block[..(int)Math.Min(Block, left)];
            ReadRest(stream, part);
            piece.Write(part);
            left -= part.Length;
        }
    }

    // The number in the first child of an id.
    private static long? Find(ReadOnlySpan<byte> body, uint id)
    {
        while (body.Length >= 2)
        {
            int idLength = LengthOf(body[0]), sizeAt = idLength;
            if (idLength > sizeof(uint) || sizeAt >= body.Length)
            {
                return null;
            }

            int sizeLength = LengthOf(body[sizeAt]);
            if (sizeLength > sizeof(ulong) || sizeAt + sizeLength > body.Length)
            {
                return null;
            }

            long size = SizeOf(body.Slice(sizeAt, sizeLength));
            int start = sizeAt + sizeLength;
            if (size < 0 || size > body.Length - start)
            {
                return null;
            }

            if ((uint)BigEndian(body[..idLength]) == id)
            {
                return size is > 0 and < sizeof(ulong) ? (long)BigEndian(body.Slice(start, (int)size)) : null;
            }

            body = body[(start + (int)size)..];
        }

        return null;
    }

    private static int LengthOf(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;

    // Without the bit that tells the length; all other bits set stand for an unknown size.
    private static long SizeOf(ReadOnlySpan<byte> coded)
    {
        ulong most = (1UL << (7 * coded.Length)) - 1, value = BigEndian(coded) & most;
        return value == most ? UnknownSize : (long)value;
    }

    private static ulong BigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        bytes.CopyTo(eight[(sizeof(ulong) - bytes.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    private static void ReadRest(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
        {
            throw new MediaException("The copied sound ends within an element; it was cut.");
        }
    }

    private static MediaException NotMatroska() => new("The copied sound is no Matroska.");
}
