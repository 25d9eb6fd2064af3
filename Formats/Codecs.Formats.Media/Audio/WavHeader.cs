using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>The sizes in the header of a WAV file, with which ffmpeg is of no help.</summary>
internal static class WavHeader
{
    /// <summary>The bytes of a WAV file according to its header; 0 for other files and where the header leaves its size open.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <remarks>ffmpeg takes the size of the file instead and says nothing about what is missing.</remarks>
    public static long PromisedBytes(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith("RIFF"u8) || !head[8..].StartsWith("WAVE"u8))
        {
            return 0;
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        // Programs that stream write the largest size, signed or unsigned.
        return size >= int.MaxValue - 1024 ? 0 : size + 8L;
    }

    /// <summary>Sets the sizes of the RIFF and data chunks, where ffmpeg, which cannot go back in a stream, writes 0xFFFFFFFF.</summary>
    /// <param name="head">The first bytes of the stream.</param>
    /// <param name="dataBytes">Bytes of samples that follow.</param>
    /// <returns>False when nothing was changed: no header in these bytes, or sizes beyond 32 bits, which the convention leaves open.</returns>
    public static bool TrySetSizes(Span<byte> head, long dataBytes)
    {
        if (head.Length < 12 || !head.StartsWith("RIFF"u8) || !head[8..].StartsWith("WAVE"u8))
        {
            return false;
        }

        // Every chunk begins at an even offset: a four-letter name and 32 bits of size.
        for (long at = 12; at + 8 <= head.Length;)
        {
            Span<byte> chunk = head[(int)at..];
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("data"u8))
            {
                long riffBytes = at + dataBytes + (dataBytes & 1);
                if (riffBytes >= uint.MaxValue)
                {
                    return false;
                }

                BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)riffBytes);
                BinaryPrimitives.WriteUInt32LittleEndian(chunk[4..], (uint)dataBytes);
                return true;
            }

            at += 8 + (long)size + (size & 1);
        }

        return false;
    }
}
