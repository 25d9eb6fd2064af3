using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Video.Encoding;

namespace Codecs.Video;

/// <summary>Encodes a video that arrives frame by frame, several chunks at once, in bounded memory; from <see cref="VideoCodec.CreateEncoder"/>.</summary>
/// <remarks>
/// <para>Frames are gathered into chunks of some seconds, at scene cuts or sooner; each is encoded by one thread, and its groups go into the file in their order as they are done.
/// At most one chunk for each worker and the one that is being gathered are in memory.</para>
/// <para>The bytes are the same whatever the number of workers, unless options ask for time. A file without <see cref="Finish"/> is a cut one: it plays up to its last
/// group, and <see cref="VideoCodec.ResumeEncoder"/> goes on. To be used by one thread at a time.</para>
/// </remarks>
public sealed class VideoEncoder : IDisposable
{
    private readonly IClipCodec _codec;
    private readonly VideoDescription _description;
    private readonly VideoEncoderOptions _options;
    private readonly PictureTrack _track;
    private readonly Chunker _chunker;
    private readonly GroupQueue _queue;
    private readonly ResumePoint? _resumed;
    private long _dispatched;
    private long _last = -1;
    private bool _over;

    internal VideoEncoder(
        IClipCodec codec, string name, Stream output, VideoDescription description, VideoEncoderOptions options, VideoCodecOptions running, IProgress<VideoProgress>? progress,
        CancellationToken cancellation, Stream? interrupted = null)
    {
        (_codec, _description, _options) = (codec, description, options);
        NcfHeader header = VideoHeader.Create(codec, name, description, options);
        _track = (PictureTrack)header.Tracks[0];
        double clock = description.Clock.TicksPerSecond;
        _chunker = new Chunker(codec.FramesOfGroup, options.KeyInterval * clock);
        var writing = new NcfWriterOptions { WithDigest = options.Archive };
        if (interrupted is not null)
        {
            // What the file would state is known only with its tracks side by side.
            using var states = new NcfMuxer(Stream.Null, header, description.Tracks, writing);
            _resumed = ResumePoint.Find(interrupted, states.Header, states.OwnScale, running.Limits);
            interrupted.Position = 0;
        }

        var replay = new Replay(output, _resumed?.Units.Count > 0 ? interrupted : null);
        var muxer = new NcfMuxer(replay, header, description.Tracks, writing);
        _queue = new GroupQueue(muxer, description, _track.UnitTicks, running.Workers, progress, cancellation);
        try
        {
            foreach (DataUnit unit in _resumed?.Units ?? [])
            {
                _queue.Replay(unit, codec);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        replay.Leave();
        FramesKept = _dispatched = _resumed?.NextFrame ?? 0;
    }

    /// <summary>Frames that a resumed file holds already: the next frame to write is the one of this number. 0 otherwise.</summary>
    public long FramesKept { get; }

    /// <summary>Frames that were taken so far, those kept included.</summary>
    public long Position => _dispatched + _chunker.Count;

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => _queue.BytesWritten;

    /// <summary>How far the file has come.</summary>
    public VideoProgress Progress => _queue.Snapshot(group: null);

    /// <summary>Takes a frame; waits while all workers are busy.</summary>
    /// <param name="frame">A frame of the described format, later than the one before. Its samples must not change any more.</param>
    /// <exception cref="ArgumentException">It is of another format, or not later.</exception>
    /// <exception cref="OperationCanceledException">Encoding was cancelled; <see cref="FinishEarly"/> makes a good file of what is done.</exception>
    /// <exception cref="MediaException">The interrupted file was made of another video.</exception>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ObjectDisposedException.ThrowIf(_over, this);
        if (frame.Format != _description.Format)
        {
            throw new ArgumentException($"The frame is {frame.Format}; the video is {_description.Format}.", nameof(frame));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(frame.Timestamp, _last, nameof(frame));
        if (_resumed is { Units.Count: > 0 } && Position == FramesKept && frame.Timestamp != _resumed.NextTick)
        {
            throw Replay.Mismatch();
        }

        _last = frame.Timestamp;
        if (_chunker.Push(frame) is { } chunk)
        {
            Dispatch(chunk);
        }
    }

    /// <summary>Writes what is left and completes the file.</summary>
    /// <exception cref="InvalidOperationException">There was no frame at all.</exception>
    /// <exception cref="OperationCanceledException">Encoding was cancelled; <see cref="FinishEarly"/> makes a good file of what is done.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_over, this);
        if (Position == 0)
        {
            throw new InvalidOperationException("A video needs at least one frame.");
        }

        foreach (List<VideoFrame> chunk in _chunker.Flush())
        {
            Dispatch(chunk);
        }

        _queue.Finish();
        _over = true;
    }

    /// <summary>Stops the workers and completes the file with the groups that are done and have all groups before them: a good file, only shorter.</summary>
    /// <returns>Frames in the file.</returns>
    public long FinishEarly()
    {
        ObjectDisposedException.ThrowIf(_over, this);
        _over = true;
        return _queue.FinishEarly();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over = true;
        _queue.Dispose();
    }

    private void Dispatch(List<VideoFrame> chunk)
    {
        _queue.Start(new ChunkJob(_codec, _track, _description.Format, _options, _description.Clock.TicksPerSecond, chunk, _dispatched) { Advanced = _queue.ReportWork });
        _dispatched += chunk.Count;
    }
}
