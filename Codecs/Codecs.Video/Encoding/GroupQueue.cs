using Codecs.Formats.Container;

namespace Codecs.Video.Encoding;

/// <summary>Runs chunk jobs side by side and writes their groups in order: those of the oldest job as they come, the others when it is their turn.</summary>
internal sealed class GroupQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NcfMuxer _muxer;
    private readonly long _unitTicks;
    private readonly EncodingMeter _meter;
    private readonly IProgress<VideoProgress>? _progress;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _free;
    private readonly Queue<ChunkJob> _jobs = [];
    private readonly List<Task> _tasks = [];
    private Exception? _failure;
    private bool _isClosed;
    private long _framesWritten;
    private long _endTick;
    private int _replayed;
    private bool _isDisposed;

    internal GroupQueue(
        NcfMuxer muxer, VideoDescription description, long unitTicks, int workers, IProgress<VideoProgress>? progress, CancellationToken cancellation)
    {
        (_muxer, _unitTicks, _progress) = (muxer, unitTicks, progress);
        _meter = new EncodingMeter(description);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _free = new SemaphoreSlim(workers);
    }

    internal long BytesWritten
    {
        get
        {
            lock (_lock)
            {
                return _muxer.BytesWritten;
            }
        }
    }

    /// <summary>Writes a unit of an interrupted file again.</summary>
    internal void Replay(DataUnit unit, IClipCodec codec)
    {
        _replayed = unit.IsRandomAccessPoint ? 0 : _replayed + 1;
        long[] ticks = GroupTimes.Decode(
            unit.Payloads[0].Span, unit.Timestamp ?? unit.Number * _unitTicks, _unitTicks, codec.FramesOfGroup(_replayed), unit.Offset);
        _muxer.WriteUnit(unit);
        Advance(unit, ticks);
        _meter.Keep(ticks);
    }

    /// <summary>Starts a job as soon as a worker is free.</summary>
    /// <exception cref="OperationCanceledException">Encoding was cancelled.</exception>
    internal void Start(ChunkJob job)
    {
        WaitForWorker();
        lock (_lock)
        {
            _jobs.Enqueue(job);
            _tasks.RemoveAll(t => t.IsCompleted);
            _tasks.Add(Task.Factory.StartNew(() => Work(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
    }

    /// <summary>Waits for all jobs and completes the file.</summary>
    internal void Finish()
    {
        Task.WaitAll(Running());
        ThrowIfFailed();
        _stop.Token.ThrowIfCancellationRequested();
        _isClosed = true;
        _muxer.Complete();
    }

    /// <summary>Stops all jobs and completes the file with what is done without a gap.</summary>
    /// <returns>Frames in the file.</returns>
    internal long FinishEarly()
    {
        _stop.Cancel();
        Task.WaitAll(Running());
        if (_failure is IOException or UnauthorizedAccessException)
        {
            ThrowIfFailed();
        }

        _isClosed = true;
        try
        {
            _muxer.WriteSourcesUntil(_endTick);
        }
        catch (Exception e) when (e is CodecException or OperationCanceledException)
        {
            // What stopped the encoder may have stopped whoever makes the sound, too; what there is of it is in the file.
        }

        _muxer.Complete(withRest: false);
        return _framesWritten;
    }

    /// <summary>Tells how far work within groups has come; from any thread.</summary>
    internal void ReportWork()
    {
        if (_progress is not null && _meter.IsTimeToReport())
        {
            _progress.Report(Snapshot(group: null));
        }
    }

    internal VideoProgress Snapshot(VideoGroup? group)
    {
        lock (_lock)
        {
            return _meter.Snapshot(_muxer.BytesWritten, _jobs.Sum(j => j.FramesInWork), group);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        Task.WaitAll(Running());
        _muxer.Dispose();
        _free.Dispose();
        _stop.Dispose();
    }

    private void WaitForWorker()
    {
        try
        {
            _free.Wait(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // A failed job stops the others too; its own error says more.
            ThrowIfFailed();
            throw;
        }
    }

    private void Work(ChunkJob job)
    {
        try
        {
            job.Run(group => Deliver(job, group), _stop.Token);
            Close(job);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Its groups so far are in the queue; those that can be written were.
        }
        catch (Exception error)
        {
            // Told on the caller's thread, by the next call.
            Interlocked.CompareExchange(ref _failure, error, null);
            _stop.Cancel();
        }
        finally
        {
            _free.Release();
        }
    }

    private void Deliver(ChunkJob job, FinishedGroup group)
    {
        lock (_lock)
        {
            job.Finished.Enqueue(group);
            _meter.Add(group);
            Drain();
        }
    }

    private void Close(ChunkJob job)
    {
        lock (_lock)
        {
            job.IsOver = true;
            Drain();
        }
    }

    private void Drain()
    {
        while (!_isClosed && _jobs.TryPeek(out ChunkJob? oldest))
        {
            while (!_isClosed && oldest.Finished.TryDequeue(out FinishedGroup? group))
            {
                Write(group.Unit);
                Advance(group.Unit, group.Ticks);
                VideoGroup written = _meter.Write(group);
                _progress?.Report(_meter.Snapshot(_muxer.BytesWritten, _jobs.Sum(j => j.FramesInWork), written));
            }

            if (!oldest.IsOver)
            {
                break;
            }

            _jobs.Dequeue();
        }
    }

    // After a unit that was not written none may be, for there would be a gap.
    private void Write(DataUnit unit)
    {
        try
        {
            _muxer.WriteUnit(unit);
        }
        catch
        {
            _isClosed = true;
            throw;
        }
    }

    // The last frame lasts as long as the one before, if nobody says how long.
    private void Advance(DataUnit unit, IReadOnlyList<long> ticks)
    {
        _framesWritten = unit.Number + ticks.Count;
        _endTick = ticks[^1] + (_unitTicks > 0 ? _unitTicks : ticks.Count > 1 ? ticks[^1] - ticks[^2] : 1);
    }

    private Task[] Running()
    {
        lock (_lock)
        {
            return [.. _tasks];
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
