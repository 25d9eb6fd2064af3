using System.Buffers;
using System.IO.Compression;
using System.Numerics;

namespace Codecs.Geometry.Scenes;

/// <summary>Bytes through Brotli (RFC 7932), bounded on the way back. Layout: a number, twice the length, plus 1 if what follows is Brotli; then the bytes.</summary>
internal static class PackedBytes
{
    private const int FirstBuffer = 1 << 16;
    private const int SlowBytes = 1 << 22;

    /// <summary>Compresses with fixed settings.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        // The best level costs seconds on megabytes; the length alone decides.
        int quality = bytes.Length <= SlowBytes ? 11 : 9;
        int window = Math.Clamp(BitOperations.Log2((uint)bytes.Length + 1) + 1, 10, 24);
        byte[] buffer = new byte[bytes.Length];
        bool isSmaller = BrotliEncoder.TryCompress(bytes, buffer, out int written, quality, window);
        var writer = new PayloadWriter();
        writer.Number(2L * bytes.Length + (isSmaller ? 1 : 0));
        writer.Bytes(isSmaller ? buffer.AsSpan(0, written) : bytes);
        return writer.ToArray();
    }

    /// <summary>Decompresses; memory grows with what is really there.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="LimitExceededException">There are more than the limit.</exception>
    public static ReadOnlyMemory<byte> Unpack(PayloadCursor cursor, long limit, string what)
    {
        int head = cursor.Number(), length = head >> 1;
        if (length > limit)
        {
            throw new LimitExceededException($"{what} has {length} bytes; the limits in force allow {limit}. Raise them if you trust the file.");
        }

        ReadOnlyMemory<byte> stored = cursor.Rest();
        if ((head & 1) == 0)
        {
            return stored.Length == length ? stored : throw cursor.Fault($"{stored.Length} bytes of {what} instead of {length}");
        }

        BrotliDecoder decoder = default;
        try
        {
            return Unpack(ref decoder, stored.Span, length) ?? throw cursor.Fault($"{what} that does not unpack to {length} bytes");
        }
        finally
        {
            decoder.Dispose();
        }
    }

    private static byte[]? Unpack(ref BrotliDecoder decoder, ReadOnlySpan<byte> stored, int length)
    {
        byte[] buffer = new byte[Math.Min(length, FirstBuffer)];
        int at = 0;
        while (true)
        {
            OperationStatus status = decoder.Decompress(stored, buffer.AsSpan(at), out int consumed, out int written);
            stored = stored[consumed..];
            at += written;
            if (status == OperationStatus.Done)
            {
                return at == length && stored.IsEmpty ? buffer : null;
            }

            if (status != OperationStatus.DestinationTooSmall || at == length)
            {
                return null;
            }

            Array.Resize(ref buffer, (int)Math.Min(length, 4L * buffer.Length));
        }
    }
}
