namespace Codecs.Tests;

/// <summary>A stream like a pipe: it cannot seek and has no length.</summary>
internal sealed class ForwardStream(byte[]? content = null) : Stream
{
    private readonly MemoryStream _inner = content is null ? new MemoryStream() : new MemoryStream(content);

    public override bool CanRead => content is not null;

    public override bool CanSeek => false;

    public override bool CanWrite => content is null;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    internal ForwardStream Reopen() => new(_inner.ToArray());

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, Math.Min(count, 1000));

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
