using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Codecs.Formats.Container;

/// <summary>Where a chunk lies and what its head says.</summary>
public readonly record struct ChunkInfo
{
    /// <summary>The chunk's number, 0..31.</summary>
    public ChunkId Id { get; init; }

    /// <summary>Position of the head byte in the file.</summary>
    public long Offset { get; init; }

    /// <summary>Position of the first payload byte in the file.</summary>
    public long PayloadOffset { get; init; }

    /// <summary>Bytes of payload, without head and checksum.</summary>
    public int PayloadLength { get; init; }

    /// <summary>A reader that does not understand the chunk must stop.</summary>
    public bool IsCritical { get; init; }

    /// <summary>An editor that does not understand the chunk may keep it.</summary>
    public bool IsSafeToCopy { get; init; }

    /// <summary>A CRC-32C follows the payload (and was right).</summary>
    public bool HasChecksum { get; init; }

    /// <summary>This build reads the payload; false for chunks that were skipped.</summary>
    public bool IsUnderstood { get; init; }

    /// <summary>Bytes of the whole chunk: head, payload and checksum.</summary>
    public long TotalLength => PayloadOffset - Offset + PayloadLength + (HasChecksum ? sizeof(uint) : 0);

    /// <summary>The four letters of the chunk, such as "DATA".</summary>
    public string Name => Id == ChunkId.FourCc ? FourCcText() : NameOf(Id);

    /// <summary>The four letters as they stand in the file, little-endian; only for <see cref="ChunkId.FourCc"/>.</summary>
    internal uint FourCc { get; init; }

    private static string NameOf(ChunkId id) => id switch
    {
        ChunkId.End => "END",
        ChunkId.Head => "HEAD",
        ChunkId.Track => "TRAK",
        ChunkId.Model => "MODL",
        ChunkId.Data => "DATA",
        ChunkId.Segment => "SEGM",
        ChunkId.Index => "INDX",
        ChunkId.Colour => "COLR",
        ChunkId.Metadata => "META",
        ChunkId.Hash => "HASH",
        ChunkId.Weights => "WGHT",
        ChunkId.Layers => "LAYR",
        ChunkId.Padding => "PADD",
        ChunkId.Diagnostics => "DIAG",
        _ => string.Create(CultureInfo.InvariantCulture, $"#{(int)id}"),
    };

    private string FourCcText()
    {
        Span<byte> letters = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(letters, FourCc);
        return Encoding.ASCII.GetString(letters);
    }
}
