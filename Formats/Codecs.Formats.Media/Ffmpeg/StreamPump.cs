namespace Codecs.Formats.Media;

/// <summary>Moves bytes between a caller's stream and a pipe on a thread of its own, so that a process that reads and writes never waits for itself.</summary>
internal sealed class StreamPump
{
    private const int BlockBytes = 1 << 16;

    private readonly Thread _thread;
    private Exception? _failure;
    private volatile bool _stopped;

    private StreamPump(Action<StreamPump> work)
    {
        _thread = new Thread(() => work(this)) { IsBackground = true, Name = "media pipe" };
        _thread.Start();
    }

    /// <summary>What the caller's stream threw, or null.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Feeds a process to its end: first some bytes, then a stream. That the process wants no more is no failure.</summary>
    public static StreamPump Feed(ReadOnlyMemory<byte> head, Stream? rest, Stream pipe) => new(pump =>
    {
        try
        {
            pipe.Write(head.Span);
            byte[] block = new byte[BlockBytes];
            for (int read; rest is not null && !pump._stopped && (read = pump.Guard(() => rest.Read(block))) > 0;)
            {
                pipe.Write(block, 0, read);
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
        }

        Close(pipe);
    });

    /// <summary>Copies what a process writes to a stream.</summary>
    /// <param name="pipe">The output of the process.</param>
    /// <param name="target">The caller's stream.</param>
    /// <param name="patch">Sees the first bytes, as many as one block holds, before they are written.</param>
    /// <param name="onFailure">Called when the stream takes no more; must end the process, which would wait for ever.</param>
    public static StreamPump Drain(Stream pipe, Stream target, Action<byte[], int>? patch, Action onFailure) => new(pump =>
    {
        try
        {
            byte[] block = new byte[BlockBytes];
            int count = pipe.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false);
            patch?.Invoke(block, count);
            for (; count > 0; count = pipe.Read(block))
            {
                int length = count;
                pump.Guard(() =>
                {
                    target.Write(block, 0, length);
                    return 0;
                });
                if (pump.Failure is not null)
                {
                    onFailure();
                    return;
                }
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
        }
    });

    /// <summary>Asks for no more of the caller's stream; a read that waits for it is not interrupted.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Waits until all is moved.</summary>
    public void Join() => _thread.Join();

    /// <summary>True for what a pipe throws when its other end is gone.</summary>
    public static bool IsBroken(Exception error) => error is IOException or ObjectDisposedException;

    /// <summary>Closes a pipe whose other end may be gone.</summary>
    public static void Close(Stream pipe)
    {
        try
        {
            pipe.Dispose();
        }
        catch (Exception error) when (IsBroken(error))
        {
        }
    }

    /// <summary>The caller's stream may throw anything; on this thread that would end the program.</summary>
    private int Guard(Func<int> call)
    {
        try
        {
            return call();
        }
#pragma warning disable CA1031 // It is thrown again, as the cause, on the caller's own thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, error);
            return 0;
        }
    }
}
