using System.Buffers.Binary;
using Codecs.Formats.Media;

namespace Codecs.Video.Nirvana;

/// <summary>What a payload's content check covers beside its symbols: how the payload must be read.</summary>
internal static class PayloadContext
{
    private const int Bytes = 8;

    /// <summary>Writes the context of one payload.</summary>
    /// <param name="format">Format of the frames.</param>
    /// <param name="frames">Frames of the group.</param>
    /// <param name="isKey">True in the first group of a chunk.</param>
    internal static byte[] Of(VideoFormat format, int frames, bool isKey)
    {
        byte[] context = new byte[Bytes];
        BinaryPrimitives.WriteUInt16LittleEndian(context, (ushort)(format.Width - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(context.AsSpan(2), (ushort)(format.Height - 1));
        (context[4], context[5], context[6], context[7]) = ((byte)format.Chroma, (byte)format.BitDepth, (byte)frames, (byte)(isKey ? 1 : 0));
        return context;
    }
}
