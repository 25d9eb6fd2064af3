using System.Buffers;
using System.IO.Compression;
using System.Numerics;

namespace Codecs.Formats.Container;

/// <summary>Brotli for metadata, with fixed settings, and bounded on the way back.</summary>
internal static class MetadataCompression
{
    /// <summary>Stored as it is.</summary>
    public const int None = 0;

    /// <summary>RFC 7932.</summary>
    public const int Brotli = 1;

    private const int MinWindow = 10;
    private const int MaxWindow = 22;
    private const int FirstBuffer = 4096;

    /// <summary>Compresses; null when that would not be smaller or could not be read back under the limits.</summary>
    public static byte[]? TryPack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return null;
        }

        // The best level costs seconds on megabytes, and a large window milliseconds on a few bytes; the length alone decides both.
        int quality = bytes.Length <= 1 << 20 ? 11 : 6;
        int window = Math.Clamp(BitOperations.Log2((uint)bytes.Length) + 1, MinWindow, MaxWindow);
        byte[] buffer = new byte[bytes.Length - 1];
        bool isReadable = BrotliEncoder.TryCompress(bytes, buffer, out int written, quality, window)
            && bytes.Length <= (long)written * NcfLimits.Default.MaxExpansion;
        return isReadable ? buffer[..written] : null;
    }

    /// <summary>Decompresses into a buffer that grows with what is really there, up to the limits.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> stored, long offset, MetadataBudget budget)
    {
        NcfLimits limits = budget.Limits;
        int cap = (int)Math.Min(Math.Min((long)stored.Length * limits.MaxExpansion, limits.MaxDecompressedBytes), budget.UnpackRemaining);
        byte[] buffer = new byte[Math.Min(cap + 1, Math.Max(FirstBuffer, 2L * stored.Length))];
        BrotliDecoder decoder = default;
        try
        {
            return Unpack(ref decoder, stored, buffer, cap, offset);
        }
        finally
        {
            decoder.Dispose();
        }
    }

    private static byte[] Unpack(ref BrotliDecoder decoder, ReadOnlySpan<byte> stored, byte[] buffer, int cap, long offset)
    {
        int length = 0;
        while (true)
        {
            OperationStatus status = decoder.Decompress(stored, buffer.AsSpan(length), out int consumed, out int written);
            stored = stored[consumed..];
            length += written;
            if (length > cap)
            {
                throw new LimitExceededException($"Metadata at byte {offset} unpacks to more than {cap} bytes, which the limits do not allow");
            }

            switch (status)
            {
                case OperationStatus.Done when stored.IsEmpty:
                    return buffer.AsSpan(0, length).ToArray();
                case OperationStatus.DestinationTooSmall:
                    Array.Resize(ref buffer, (int)Math.Min(cap + 1L, 2L * buffer.Length));
                    break;
                default:
                    throw new InvalidBitstreamException("Compressed metadata is damaged, truncated or followed by other bytes", offset);
            }
        }
    }
}
