using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>Frames that ffmpeg decodes; it is ahead by no more than a pipe holds.</summary>
internal sealed class FfmpegFrameSource : IFrameSource
{
    private readonly string _name;
    private readonly VideoReadPlan _plan;
    private readonly FrameTimes _times;
    private readonly long? _promised;
    private readonly bool _isPart;
    private readonly FfmpegProcess _process;
    private readonly StreamPump? _feed;
    private readonly List<string> _warnings;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killer;
    private NutReader? _frames;
    private long _count;
    private bool _ended;

    public FfmpegFrameSource(MediaSource source, VideoReadOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        VideoProbe probe = VideoProbe.Analyze(source, options);
        _name = source.Name;
        _plan = probe.Plan;
        Info = probe.Info;
        _warnings = [.. probe.Warnings];
        _times = new FrameTimes(Info, probe.TickSeconds);
        _isPart = options.MaxFrames is not null || options.Start is not null || options.Duration is not null;
        _promised = _isPart ? null : Info.FrameCount;
        options = Bounded(options, Info);
        string[] tracks = options.TracksPath is { } path ? TrackCopy.ToMatroska(probe.Tracks, subtitles: true, $"file:{Path.GetFullPath(path)}") : [];
        options = options with { TracksPath = tracks.Length > 0 ? options.TracksPath : null };
        _process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, VideoArguments.Decode(source, _plan, options, tracks));
        if (source.IsStream)
        {
            _feed = StreamPump.Feed(source.Head, source.Rest, _process.Input);
        }
        else
        {
            StreamPump.Close(_process.Input);
        }

        _cancellation = cancellation;
        _killer = cancellation.UnsafeRegister(static process => ((FfmpegProcess)process!).Kill(), _process);
    }

    public VideoInfo Info { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    public VideoFrame? Read()
    {
        if (_ended)
        {
            return null;
        }

        try
        {
            _frames ??= new NutReader(_process.Output);
            if (_frames.TryNext(out long time, out long size))
            {
                byte[] samples = ReadSamples(size);
                _count++;
                return new VideoFrame(Info.Format, samples, _times.Next(time, _frames.TimeBase));
            }
        }
        catch (Exception error) when (error is InvalidBitstreamException || StreamPump.IsBroken(error))
        {
            _cancellation.ThrowIfCancellationRequested();
            _process.WaitForSuccess(_name);
            throw _process.Complaints().Length > 0 ? _process.Failure(_name) : new MediaException($"'{_name}': {error.Message}", error);
        }

        End();
        return null;
    }

    public void Dispose()
    {
        _killer.Dispose();
        _feed?.Stop();
        _process.Dispose();
    }

    /// <summary>When only the video stops after some frames, the other tracks would go on.</summary>
    private static VideoReadOptions Bounded(VideoReadOptions options, VideoInfo info)
    {
        if (options is not { TracksPath: not null, MaxFrames: { } frames })
        {
            return options;
        }

        var length = TimeSpan.FromSeconds(Math.Min(info.FrameRate.Seconds(frames), TimeSpan.MaxValue.TotalSeconds / 2));
        return options with { Duration = options.Duration is { } asked && asked < length ? asked : length };
    }

    private byte[] ReadSamples(long size)
    {
        VideoFormat piped = _plan.Piped;
        if (size != piped.FrameBytes)
        {
            throw new InvalidBitstreamException($"A frame has {size} bytes, {piped.FrameBytes} were expected.");
        }

        var frame = new VideoFrame(piped, new byte[size]);
        if (piped.Chroma == ChromaFormat.Rgb)
        {
            // ffmpeg's order is green, blue, red.
            _frames!.ReadFrame(frame.Plane(1));
            _frames.ReadFrame(frame.Plane(2));
            _frames.ReadFrame(frame.Plane(0));
        }
        else
        {
            _frames!.ReadFrame(frame.Samples);
        }

        return piped.Chroma == Info.Format.Chroma ? frame.Samples : GreyPlanes.Widen(frame, Info.Format).Samples;
    }

    private void End()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_feed?.Failure is { } cause)
        {
            throw new MediaException($"'{_name}' cannot be read: {cause.Message}", cause);
        }

        _process.WaitForSuccess(_name);
        string[] complaints = _process.Complaints();
        if (_count == 0 && complaints.Length > 0)
        {
            throw _process.Failure(_name);
        }

        if (_count == 0 && !_isPart)
        {
            throw new MediaException($"'{_name}' holds no whole frame.");
        }

        foreach (string complaint in complaints)
        {
            _warnings.Add($"'{_name}' is damaged: {complaint}.");
        }

        if (_promised > _count)
        {
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"'{_name}' has {_count} frames, its header tells of {_promised}; it may be truncated."));
        }

        if (_times.Moved > 0)
        {
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"'{_name}' has {_times.Moved} frames whose times do not ascend; they were moved."));
        }

        _ended = true;
    }
}
