using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Video.Decoding;

namespace Codecs.Video;

/// <summary>Decodes a video frame by frame, several chunks at once and ahead of the reader, in bounded memory; from <see cref="VideoCodec.OpenDecoder"/>.</summary>
/// <remarks>Frames come in order with their exact times. To be used by one thread at a time.</remarks>
public sealed class VideoDecoder : IDisposable
{
    private readonly IClipCodec _codec;
    private readonly NcfStreamReader _reader;
    private readonly VideoFile _file;
    private readonly ChunkReader _chunks;
    private readonly bool _recover;
    private readonly int _workers;
    private readonly long _mostBytes;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _warnings;
    private readonly Queue<DecodingJob> _jobs = [];
    private List<CodedGroup>? _pending;
    private Exception? _failure;
    private VideoFrame? _last;
    private int _first;
    private bool _over;

    internal VideoDecoder(
        IClipCodec codec, Stream input, VideoCodecOptions running, VideoDecoderOptions options, CancellationToken cancellation, bool verifyDigest = false)
    {
        (_codec, _recover, _workers, _cancellation) = (codec, options.Recover, running.Workers, cancellation);
        _mostBytes = running.Limits.MaxDecoderBytes / 2;
        _reader = new NcfStreamReader(input, running.Limits, new NcfReaderOptions { Recover = options.Recover, VerifyDigest = verifyDigest });
        try
        {
            Header = _reader.ReadHeader() ?? throw new InvalidBitstreamException("Nothing of the file's start can be used: no track is described.");
            _file = VideoFile.Match(Header, codec);
            running.Limits.CheckDecoderMemory(_file.Format.FrameBytes * codec.FramesOfGroup(0));
            _warnings = [.. _file.Warnings(codec)];
            _chunks = new ChunkReader(_reader, _file, codec, options.Recover);
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>What the file states before its units.</summary>
    public NcfHeader Header { get; }

    /// <summary>What the frames are.</summary>
    public VideoFormat Format => _file.Format;

    /// <summary>The unit of the frames' timestamps.</summary>
    public FrameClock Clock => _file.Clock;

    /// <summary>Ticks from each frame to the next where nothing else is stated; 0 when the rate is variable.</summary>
    public long FrameTicks => _file.Track.UnitTicks;

    /// <summary>How long the video is as its header says; null when it does not.</summary>
    public TimeSpan? Duration => Header.TotalTicks > 0 ? TimeSpan.FromSeconds(Clock.Seconds(Header.TotalTicks)) : null;

    /// <summary>Frames given so far; after <see cref="SeekTo"/> they are counted anew.</summary>
    public long Position { get; private set; }

    /// <summary>True when the end of the file was reached in good order.</summary>
    public bool IsComplete => _over && _failure is null && _reader.IsComplete;

    /// <summary>Whether the file carries a whole-file digest that is right; null if not known.</summary>
    internal bool? DigestHolds => _reader.DigestHolds;

    /// <summary>What the user should know; grows while reading.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings, .. _chunks.Losses, .. _over && !_reader.IsComplete ? (string[])["The file ends before its video does."] : []];

    /// <summary>Gives the next frame.</summary>
    /// <returns>The frame with its time; null at the end. Neighbours may share their samples.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or cut; not with <see cref="VideoDecoderOptions.Recover"/>. All frames before were given.</exception>
    /// <exception cref="OperationCanceledException">Decoding was cancelled.</exception>
    public VideoFrame? Read()
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!_over)
            {
                Fill();
            }

            if (!_jobs.TryPeek(out DecodingJob? job))
            {
                return _failure is null ? null : throw Rethrown(_failure);
            }

            if (!job.TryTake(out ShownFrame next))
            {
                _warnings.AddRange(job.Losses);
                _jobs.Dequeue().Dispose();
                continue;
            }

            // Nothing to freeze before the first good frame.
            if (next.Frame is null && _last is null)
            {
                continue;
            }

            _last = next.Frame ?? _last;
            Position++;
            return new VideoFrame(Format, _last!.Samples, next.Tick);
        }
    }

    /// <summary>Goes to a time; the next <see cref="Read"/> gives the frame that is shown then: the one that reading from the start would have given.</summary>
    /// <param name="time">From the start, at least 0; beyond the last frame it is that one.</param>
    /// <exception cref="NotSupportedException">The stream cannot seek, or the file is a picture.</exception>
    /// <exception cref="InvalidBitstreamException">The file is damaged on the way there; not with <see cref="VideoDecoderOptions.Recover"/>.</exception>
    public void SeekTo(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        StopJobs();

        // A frame that begins less than one tick of TimeSpan later is meant: times such as 95/24 s were rounded down.
        long tick = (long)((Int128)(time.Ticks + 1) * Clock.Numerator / ((Int128)TimeSpan.TicksPerSecond * Clock.Denominator));
        _reader.SeekToTick(tick);
        _chunks.Restart();
        (_failure, _over, _last, Position) = (null, false, null, 0);
        _pending = _chunks.Read();
        _over = _pending is null;
        _first = Math.Max(0, (_pending?.SelectMany(g => g.Ticks).Count(t => t <= tick) ?? 0) - 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopJobs();
        _reader.Dispose();
    }

    // Starts jobs while there are workers and memory; damage that is met on the way waits for its turn.
    private void Fill()
    {
        try
        {
            while (!_over && _jobs.Count < _workers)
            {
                _pending ??= _chunks.Read();
                if (_pending is null)
                {
                    _over = true;
                    break;
                }

                long bytes = Format.FrameBytes * _pending.Sum(g => g.Ticks.Length);
                if (_jobs.Count > 0 && _jobs.Sum(j => j.Bytes) + bytes > _mostBytes)
                {
                    break;
                }

                _jobs.Enqueue(new DecodingJob(_codec, Format, _pending, _first, _recover, _cancellation));
                (_pending, _first) = (null, 0);
            }
        }
        catch (CodecException error)
        {
            (_failure, _over) = (error, true);
        }
    }

    private void StopJobs()
    {
        while (_jobs.TryDequeue(out DecodingJob? job))
        {
            job.Dispose();
        }

        _pending = null;
    }

    private static Exception Rethrown(Exception error)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        return error;
    }
}
