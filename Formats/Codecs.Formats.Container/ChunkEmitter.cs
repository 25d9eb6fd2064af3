using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>Writes chunks with their checksums, and keeps the digest of the file if it is wanted.</summary>
internal sealed class ChunkEmitter(IBufferWriter<byte> output, bool withDigest) : IDisposable
{
    private readonly IncrementalHash? _digest = withDigest ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    /// <summary>The fields of the chunk that is being made; <see cref="WriteChunk"/> empties it.</summary>
    public ArrayBufferWriter<byte> Fields { get; } = new();

    /// <summary>Writes the eight bytes every Full file starts with.</summary>
    public void WriteSignature()
    {
        Emit(NcfConstants.Signature);
        Emit([NcfConstants.Version]);
    }

    /// <summary>Writes a chunk: the fields, then payloads that are too large to copy. A checksum costs 4 bytes and is always there.</summary>
    /// <param name="id">The chunk.</param>
    /// <param name="bits">Critical, safe to copy.</param>
    /// <param name="payloads">What follows the fields.</param>
    public void WriteChunk(ChunkId id, byte bits, IReadOnlyList<ReadOnlyMemory<byte>>? payloads = null)
    {
        payloads ??= [];
        long length = Fields.WrittenCount;
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            length += payload.Length;
        }

        Throw.IfNotIn(length, 0, NcfLimits.Hard.MaxChunkBytes, $"bytes of chunk {id}");
        ArrayBufferWriter<byte> head = new(16);
        head.Write([(byte)((byte)id | bits | NcfConstants.Head.Checksum)]);
        Varint.Write(head, (ulong)length);
        uint checksum = Emit(head.WrittenSpan, 0);
        checksum = Emit(Fields.WrittenSpan, checksum);
        foreach (ReadOnlyMemory<byte> payload in payloads)
        {
            checksum = Emit(payload.Span, checksum);
        }

        Span<byte> four = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(four, checksum);
        Emit(four);
        Fields.ResetWrittenCount();
    }

    /// <summary>SHA-256 of everything written so far.</summary>
    public byte[] DigestSoFar() => _digest!.GetCurrentHash();

    /// <inheritdoc/>
    public void Dispose() => _digest?.Dispose();

    private uint Emit(ReadOnlySpan<byte> bytes, uint checksum)
    {
        Emit(bytes);
        return Crc32C.Append(checksum, bytes);
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _digest?.AppendData(bytes);
    }
}
