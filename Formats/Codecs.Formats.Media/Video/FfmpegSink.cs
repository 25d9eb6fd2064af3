namespace Codecs.Formats.Media;

/// <summary>Encodes frames with ffmpeg.</summary>
internal sealed class FfmpegSink : IFrameSink
{
    private readonly string _name;
    private readonly string? _path;
    private readonly Stream? _stream;
    private readonly string? _temporary;
    private readonly VideoEncodePlan _plan;
    private readonly List<TrackFile> _tracks = [];
    private readonly List<string> _warnings = [];
    private readonly FfmpegProcess _process;
    private readonly StreamPump? _drain;
    private readonly NutWriter _frames;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killer;

    public FfmpegSink(
        string? path, Stream? stream, VideoContainer container, VideoFormat format, FrameClock clock, VideoWriteOptions options, CancellationToken cancellation)
    {
        _name = path ?? $"({container} stream)";
        _path = path is null ? null : Path.GetFullPath(path);
        _stream = stream;
        _plan = VideoEncodePlan.Make(container, format, options);
        // The index of MP4 is written last and belongs first.
        bool direct = stream is not null && container is VideoContainer.Mkv or VideoContainer.WebM;
        _temporary = direct ? null : PendingFile.NameFor(_path);
        try
        {
            foreach (TrackInput input in options.Tracks)
            {
                _tracks.Add(TrackFile.Open(input, _path));
            }

            _warnings.AddRange(TrackCopy.Missing(container, _tracks));
            string[] arguments = EncodeArguments.Encode(container, _plan, _tracks, direct ? "pipe:1" : $"file:{_temporary}");
            _process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, arguments);
        }
        catch
        {
            _tracks.ForEach(track => track.Dispose());
            throw;
        }

        _drain = direct ? StreamPump.Drain(_process.Output, stream!, null, _process.Kill) : null;
        _cancellation = cancellation;
        _killer = cancellation.UnsafeRegister(static process => ((FfmpegProcess)process!).Kill(), _process);
        try
        {
            byte[] fourCc = PixelFormats.FourCc(_plan.Piped.Chroma, _plan.Piped.BitDepth);
            _frames = new NutWriter(_process.Input, fourCc, _plan.Piped, clock, options.FrameRate ?? clock);
        }
        catch (Exception error) when (StreamPump.IsBroken(error))
        {
            using (this)
            {
                throw Broken(error);
            }
        }
    }

    public IReadOnlyList<string> Warnings => _warnings;

    public void Write(VideoFrame frame)
    {
        VideoFrame piped = frame.Format.Chroma == _plan.Piped.Chroma ? frame : GreyPlanes.Widen(frame, _plan.Piped);
        try
        {
            _frames.BeginFrame(frame.Timestamp, piped.Samples.Length);
            if (piped.Format.Chroma == ChromaFormat.Rgb)
            {
                // ffmpeg's order is green, blue, red.
                _process.Input.Write(piped.Plane(1));
                _process.Input.Write(piped.Plane(2));
                _process.Input.Write(piped.Plane(0));
            }
            else
            {
                _process.Input.Write(piped.Samples);
            }
        }
        catch (Exception error) when (StreamPump.IsBroken(error))
        {
            throw Broken(error);
        }
    }

    public void Complete()
    {
        StreamPump.Close(_process.Input);
        _drain?.Join();
        ThrowIfFailed();
        if (_plan.Degrees != 0)
        {
            MovieMatrix.Turn(_temporary!, _plan.Degrees, _plan.Piped.Width, _plan.Piped.Height);
        }

        if (_path is not null)
        {
            File.Move(_temporary!, _path, overwrite: true);
        }
        else if (_temporary is not null)
        {
            using FileStream file = File.OpenRead(_temporary);
            file.CopyTo(_stream!);
        }
    }

    public void Dispose()
    {
        _killer.Dispose();
        _process.Dispose();
        _drain?.Join();
        _tracks.ForEach(track => track.Dispose());
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    private MediaException Broken(Exception error)
    {
        ThrowIfFailed();
        return new MediaException($"'{_name}' cannot be written: ffmpeg ended before the video did.", error);
    }

    private void ThrowIfFailed()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_drain?.Failure is { } cause)
        {
            throw new MediaException($"'{_name}' cannot be written: {cause.Message}", cause);
        }

        _process.WaitForSuccess(_name);
    }
}
