namespace Codecs.Formats.Media;

/// <summary>What a process writes, as a stream that ends with an error when the process does.</summary>
internal sealed class ProcessStream : Stream
{
    private readonly FfmpegProcess _process;
    private readonly string _name;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killer;

    /// <summary>Takes over a process that reads nothing.</summary>
    public ProcessStream(FfmpegProcess process, string name, CancellationToken cancellation)
    {
        (_process, _name, _cancellation) = (process, name, cancellation);
        StreamPump.Close(process.Input);
        _killer = cancellation.UnsafeRegister(static started => ((FfmpegProcess)started!).Kill(), process);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _process.Output.Read(buffer);
        if (count == 0 && !buffer.IsEmpty)
        {
            _cancellation.ThrowIfCancellationRequested();
            _process.WaitForSuccess(_name);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _killer.Dispose();
            _process.Dispose();
        }

        base.Dispose(disposing);
    }
}
