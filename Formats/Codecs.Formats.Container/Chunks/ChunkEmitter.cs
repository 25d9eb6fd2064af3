using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>Writes chunks with their checksums, counts bytes, and keeps the digest of the file if it is wanted.</summary>
internal sealed class ChunkEmitter(IBufferWriter<byte> output, bool withDigest) : IDisposable
{
    private readonly IncrementalHash? _digest = withDigest ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly ArrayBufferWriter<byte> _fields = new();
    private readonly ArrayBufferWriter<byte> _head = new(ChunkProbe.MaxHeadLength);

    /// <summary>Bytes written so far, which is the position in the file of the next chunk.</summary>
    public long Position { get; private set; }

    /// <summary>An empty place for the fields of the next chunk.</summary>
    public ArrayBufferWriter<byte> NewFields()
    {
        _fields.ResetWrittenCount();
        return _fields;
    }

    /// <summary>Writes the eight bytes every Full file starts with.</summary>
    public void WriteSignature()
    {
        WriteRaw(NcfConstants.Signature);
        WriteRaw([NcfConstants.Version]);
    }

    /// <summary>Writes a chunk: the fields, then payloads that are too large to copy. A checksum costs 4 bytes and is always there.</summary>
    /// <param name="id">The chunk.</param>
    /// <param name="bits">Critical, safe to copy.</param>
    /// <param name="payloads">What follows the fields.</param>
    public void WriteChunk(ChunkId id, byte bits, IReadOnlyList<ReadOnlyMemory<byte>>? payloads = null)
    {
        payloads ??= [];
        long length = _fields.WrittenCount;
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            length += payload.Length;
        }

        Throw.IfNotIn(length, 0, NcfLimits.Hard.MaxChunkBytes, $"bytes of chunk {id}");
        _head.ResetWrittenCount();
        _head.Write([(byte)((byte)id | bits | NcfConstants.Head.Checksum)]);
        Varint.Write(_head, (ulong)length);
        uint checksum = Emit(_head.WrittenSpan, 0);
        checksum = Emit(_fields.WrittenSpan, checksum);
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            checksum = Emit(payload.Span, checksum);
        }

        Span<byte> four = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(four, checksum);
        WriteRaw(four);
    }

    /// <summary>Writes bytes that are whole chunks already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _digest?.AppendData(bytes);
        Position += bytes.Length;
    }

    /// <summary>SHA-256 of everything written so far.</summary>
    public byte[] DigestSoFar() => _digest!.GetCurrentHash();

    /// <inheritdoc/>
    public void Dispose() => _digest?.Dispose();

    private uint Emit(ReadOnlySpan<byte> bytes, uint checksum)
    {
        WriteRaw(bytes);
        return Crc32C.Append(checksum, bytes);
    }
}
