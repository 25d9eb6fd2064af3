namespace Codecs.Formats.Media;

/// <summary>Writes a video frame by frame in bounded memory. A file appears complete, at <see cref="Complete"/>, or not at all.</summary>
/// <remarks>
/// MP4, MOV, Matroska and WebM keep every frame's time. Encoders work in processes of their own, so errors may show at a later call than their cause. Not for
/// use by several threads at once.
/// </remarks>
public sealed class VideoWriter : IDisposable
{
    private readonly IFrameSink _sink;
    private readonly VideoFormat _format;
    private readonly CancellationToken _cancellation;
    private long? _last;
    private bool _finished;

    private VideoWriter(IFrameSink sink, VideoFormat format, CancellationToken cancellation) => (_sink, _format, _cancellation) = (sink, format, cancellation);

    /// <summary>Sentences for the user about what the container cannot hold; complete after <see cref="Complete"/>.</summary>
    public IReadOnlyList<string> Warnings => _sink.Warnings;

    /// <summary>The container that a name asks for: by extension; a folder (no extension), or a pattern such as "frame%05d.png", asks for pictures.</summary>
    /// <param name="path">The name.</param>
    /// <exception cref="MediaException">The extension is none of video.</exception>
    public static VideoContainer ContainerOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string extension = Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? string.Empty : Path.GetExtension(path);
        return extension.ToLowerInvariant() switch
        {
            ".mp4" or ".m4v" => VideoContainer.Mp4,
            ".mov" => VideoContainer.Mov,
            ".mkv" => VideoContainer.Mkv,
            ".webm" => VideoContainer.WebM,
            ".y4m" => VideoContainer.Y4m,
            ".png" or "" => VideoContainer.Png,
            _ => throw new MediaException($"'{path}': videos are written as .mp4, .mov, .mkv, .webm, .y4m, or as pictures (name%05d.png or a folder)."),
        };
    }

    /// <summary>Creates a file, or a sequence of pictures, as its name asks for.</summary>
    /// <param name="path">The file; an existing one is replaced. Until <see cref="Complete"/> it has a temporary name in the same folder.</param>
    /// <param name="format">What frames are.</param>
    /// <param name="clock">The unit of their timestamps.</param>
    /// <param name="options">Quality, rate, sound; defaults when null.</param>
    /// <param name="cancellation">Ends the encoder; the next call then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The container cannot hold such frames, the folder is missing, the sound cannot be read, or ffmpeg is missing.</exception>
    public static VideoWriter Create(
        string path, VideoFormat format, FrameClock clock, VideoWriteOptions? options = null, CancellationToken cancellation = default)
    {
        VideoContainer container = ContainerOf(path);
        if (container != VideoContainer.Png && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new MediaException($"'{path}' cannot be written: its folder does not exist.");
        }

        return Start(path, null, container, format, clock, options, cancellation);
    }

    /// <summary>Writes to a stream, such as standard output.</summary>
    /// <remarks>Y4M (each frame at once), Matroska and WebM flow as they are made; MP4 and MOV go to a temporary file first.</remarks>
    /// <param name="stream">The stream; it stays open, and must not be used otherwise until the writer is disposed.</param>
    /// <param name="container">The container; pictures need a path.</param>
    /// <param name="format">What frames are.</param>
    /// <param name="clock">The unit of their timestamps.</param>
    /// <param name="options">Quality, rate, sound; defaults when null.</param>
    /// <param name="cancellation">Ends the encoder; the next call then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The container cannot hold such frames, the sound cannot be read, or ffmpeg is missing.</exception>
    public static VideoWriter Create(
        Stream stream, VideoContainer container, VideoFormat format, FrameClock clock, VideoWriteOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Start(null, stream, container, format, clock, options, cancellation);
    }

    /// <summary>Writes the next frame.</summary>
    /// <param name="frame">Of the format that was announced; its timestamp is not negative and above the last one's.</param>
    /// <exception cref="ArgumentException">Size, planes, depth or time do not fit.</exception>
    /// <exception cref="MediaException">The encoder failed or the target takes no more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ObjectDisposedException.ThrowIf(_finished, this);
        _cancellation.ThrowIfCancellationRequested();
        VideoFormat format = frame.Format;
        if ((format.Width, format.Height, format.Chroma, format.BitDepth) != (_format.Width, _format.Height, _format.Chroma, _format.BitDepth))
        {
            throw new ArgumentException($"The frame is {format}; {_format} was announced.", nameof(frame));
        }

        if (frame.Timestamp < 0 || frame.Timestamp <= _last)
        {
            throw new ArgumentException($"Timestamp {frame.Timestamp} is not above {_last ?? -1}.", nameof(frame));
        }

        _last = frame.Timestamp;
        _sink.Write(frame);
    }

    /// <summary>Completes the file and gives it its name, or completes the stream.</summary>
    /// <exception cref="MediaException">There was no frame, the encoder failed or the target takes no more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _cancellation.ThrowIfCancellationRequested();
        if (_last is null)
        {
            throw new MediaException("A video without frames cannot be written.");
        }

        try
        {
            _sink.Complete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The video cannot be written: {error.Message}", error);
        }

        _finished = true;
    }

    /// <summary>Ends the encoder; without <see cref="Complete"/> nothing is left of a file.</summary>
    public void Dispose()
    {
        _finished = true;
        _sink.Dispose();
    }

    private static VideoWriter Start(
        string? path, Stream? stream, VideoContainer container, VideoFormat format, FrameClock clock, VideoWriteOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfLessThan(clock.Numerator, 1, nameof(clock));
        ArgumentOutOfRangeException.ThrowIfLessThan(clock.Denominator, 1, nameof(clock));
        VideoLimits.Check(format.Width, format.Height, path ?? "(stream)");
        cancellation.ThrowIfCancellationRequested();
        options ??= VideoWriteOptions.Default;
        try
        {
            IFrameSink sink = container switch
            {
                VideoContainer.Y4m => new Y4mSink(path, stream, format, clock, options),
                VideoContainer.Png => new PictureSink(path ?? throw new MediaException("Pictures cannot be written to one stream."), format, options),
                _ => new FfmpegSink(path, stream, container, format, clock, options, cancellation),
            };
            return new VideoWriter(sink, format, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path ?? "(stream)"}' cannot be written: {error.Message}", error);
        }
    }
}
