namespace Codecs.Video.Encoding;

/// <summary>Writes to a stream and, as long as it lasts, compares with what another holds: a resumed file must begin as the interrupted one did.</summary>
internal sealed class Replay(Stream output, Stream? earlier) : Stream
{
    private Stream? _earlier = earlier;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on the files differ.</summary>
    internal void Leave() => _earlier = null;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_earlier is not null)
        {
            byte[] same = new byte[buffer.Length];
            if (_earlier.ReadAtLeast(same, same.Length, throwOnEndOfStream: false) != same.Length || !buffer.SequenceEqual(same))
            {
                throw Mismatch();
            }
        }

        output.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The error for a file of another run.</summary>
    internal static MediaException Mismatch() => new(
        "The interrupted file was begun otherwise: with another input, other sound, other options or other weights. Resume with those it was begun with, or encode anew.");
}
