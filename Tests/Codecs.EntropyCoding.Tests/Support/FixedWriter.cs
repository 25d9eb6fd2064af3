using System.Buffers;

namespace Codecs.EntropyCoding.Tests;

/// <summary>Writes into one array and never allocates.</summary>
internal sealed class FixedWriter(int capacity) : IBufferWriter<byte>
{
    private readonly byte[] _bytes = new byte[capacity];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.AsMemory(Count);

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.AsSpan(Count);

    public void Clear() => Count = 0;
}
