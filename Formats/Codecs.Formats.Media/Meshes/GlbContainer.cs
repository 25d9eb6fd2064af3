using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>The container of binary glTF (glTF 2.0, 4): a header, a chunk of JSON, perhaps a chunk of bytes.</summary>
/// <remarks>
/// <code>
/// header   "glTF", version u32 (2), bytes of the file u32
/// chunk    bytes u32, type u32 ("JSON" or "BIN\0"), payload, padded to 4 bytes
/// </code>
/// </remarks>
internal static class GlbContainer
{
    private const int HeaderBytes = 12, ChunkHeaderBytes = 8;
    private const uint Magic = 0x46546C67, Json = 0x4E4F534A, Binary = 0x004E4942;

    /// <summary>The two chunks of a file; the second is empty when there is none.</summary>
    /// <exception cref="MediaException">The file is damaged.</exception>
    /// <exception cref="UnsupportedBitstreamException">It is of version 1.</exception>
    public static (ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte>? Binary) Split(ReadOnlyMemory<byte> file, List<string> warnings)
    {
        ReadOnlySpan<byte> head = file.Span;
        if (head.Length < HeaderBytes + ChunkHeaderBytes)
        {
            throw new MediaException($"The file has {head.Length} bytes, less than the headers of GLB.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]), length = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (version != 2)
        {
            throw new UnsupportedBitstreamException($"The file is GLB of version {version}; version 2 can be read.");
        }

        if (length > head.Length)
        {
            throw new MediaException($"The file is truncated: its header says {length} bytes, there are {head.Length}.");
        }

        if (length < head.Length)
        {
            warnings.Add($"{head.Length - length} bytes behind the end of the model are ignored.");
        }

        file = file[..(int)length];
        int at = HeaderBytes;
        ReadOnlyMemory<byte> json = Chunk(file, ref at, out uint type);
        if (type != Json)
        {
            throw new MediaException("The first chunk of the file is no JSON.");
        }

        ReadOnlyMemory<byte>? binary = null;
        while (at < file.Length)
        {
            ReadOnlyMemory<byte> chunk = Chunk(file, ref at, out type);
            if (type == Binary && binary is null)
            {
                binary = chunk;
            }
            else
            {
                warnings.Add($"A chunk of an unknown type (0x{type:X8}) is ignored.");
            }
        }

        return (json, binary);
    }

    /// <summary>Writes a file of one or two chunks.</summary>
    /// <exception cref="MediaException">It would be larger than the format can say.</exception>
    public static void Write(Stream to, ReadOnlySpan<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> binary)
    {
        long jsonBytes = (json.Length + 3L) & ~3, binaryBytes = 0;
        foreach (ReadOnlyMemory<byte> part in binary)
        {
            binaryBytes += (part.Length + 3L) & ~3;
        }

        long total = HeaderBytes + ChunkHeaderBytes + jsonBytes + (binaryBytes == 0 ? 0 : ChunkHeaderBytes + binaryBytes);
        if (total > uint.MaxValue)
        {
            throw new MediaException($"The model has {total} bytes, a GLB file holds {uint.MaxValue}.");
        }

        Number(to, Magic);
        Number(to, 2);
        Number(to, (uint)total);
        Number(to, (uint)jsonBytes);
        Number(to, Json);
        to.Write(json);
        to.Write("   "u8[..(int)(jsonBytes - json.Length)]);
        if (binaryBytes == 0)
        {
            return;
        }

        Number(to, (uint)binaryBytes);
        Number(to, Binary);
        foreach (ReadOnlyMemory<byte> part in binary)
        {
            to.Write(part.Span);
            to.Write("\0\0\0"u8[..(-part.Length & 3)]);
        }
    }

    private static ReadOnlyMemory<byte> Chunk(ReadOnlyMemory<byte> file, ref int at, out uint type)
    {
        if (file.Length - at < ChunkHeaderBytes)
        {
            throw new MediaException($"The file ends within the header of a chunk at byte {at}.");
        }

        ReadOnlySpan<byte> head = file.Span[at..];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        type = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (length > head.Length - ChunkHeaderBytes)
        {
            throw new MediaException($"The chunk at byte {at} needs {length} bytes, {head.Length - ChunkHeaderBytes} remain.");
        }

        ReadOnlyMemory<byte> payload = file.Slice(at + ChunkHeaderBytes, (int)length);
        // Chunks end at multiples of four; writers that forget the padding of the last one are common.
        at = Math.Min(file.Length, (at + ChunkHeaderBytes + (int)length + 3) & ~3);
        return payload;
    }

    private static void Number(Stream to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        to.Write(bytes);
    }
}
