namespace Codecs.Geometry.Scenes;

/// <summary>Bytes of buffers: as they are or each four bytes taken apart, whichever is smaller, through Brotli.</summary>
internal static class DataBytes
{
    private const int Plain = 0;
    private const int Planes = 1;

    /// <summary>Packs bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        byte[] plain = PackedBytes.Pack(bytes), planes = PackedBytes.Pack(Shuffle(bytes, apart: true));
        return planes.Length < plain.Length ? [Planes, .. planes] : [Plain, .. plain];
    }

    /// <summary>Unpacks bytes.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">There are more than the limit.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> section, long limit)
    {
        var cursor = new PayloadCursor(section, "The data of a scene");
        int method = cursor.Byte();
        ReadOnlyMemory<byte> bytes = PackedBytes.Unpack(cursor, limit, "A scene's data");
        return method switch
        {
            Plain => bytes,
            Planes => Shuffle(bytes.Span, apart: false),
            _ => throw cursor.Fault($"method {method}"),
        };
    }

    // The first bytes of all numbers, then the second ones, and so on; what is left over stays at the end.
    private static byte[] Shuffle(ReadOnlySpan<byte> from, bool apart)
    {
        byte[] to = from.ToArray();
        int count = from.Length / 4;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 4; k++)
            {
                if (apart)
                {
                    to[k * count + i] = from[4 * i + k];
                }
                else
                {
                    to[4 * i + k] = from[k * count + i];
                }
            }
        }

        return to;
    }
}
