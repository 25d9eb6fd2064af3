namespace Codecs.Formats.Media;

/// <summary>Pictures as frames.</summary>
internal sealed class PictureFrameSource : IFrameSource
{
    private readonly IReadOnlyList<string> _paths;
    private readonly List<string> _warnings = [];
    private readonly CancellationToken _cancellation;
    private readonly long _first;
    private readonly long _end;
    private readonly (int Width, int Height) _size;
    private readonly bool _scaled;
    private long _next;

    public PictureFrameSource(IReadOnlyList<string> paths, FrameClock frameRate, VideoReadOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameRate.Numerator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameRate.Denominator, 1);
        (_paths, _cancellation) = (paths, cancellation);
        _first = options.Start is { } start ? (long)Math.Ceiling(start.TotalSeconds * frameRate.TicksPerSecond) : 0;
        double most = options.Duration is { } length ? Math.Ceiling(length.TotalSeconds * frameRate.TicksPerSecond) : double.MaxValue;
        most = Math.Min(most, options.MaxFrames ?? double.MaxValue);
        _end = (long)Math.Min(paths.Count, _first + most);
        _next = _first;
        Image head = ImageFile.Read(paths[0]).Image;
        VideoLimits.Check(head.Width, head.Height, paths[0]);
        _size = (head.Width, head.Height);
        (int width, int height) = options.Size ?? _size;
        VideoLimits.Check(width, height, paths[0]);
        _scaled = (width, height) != _size;
        ChromaFormat chroma = options.Chroma ?? ChromaFormat.Rgb;
        bool isRgb = chroma == ChromaFormat.Rgb;
        // Pictures are sRGB (IEC 61966-2-1) in the primaries of BT.709.
        var format = new VideoFormat(width, height, chroma, options.BitDepth ?? 8)
        {
            Primaries = 1, Transfer = 13, Matrix = isRgb ? (byte)0 : ColorCodes.ByHeight(height), FullRange = chroma is ChromaFormat.Rgb or ChromaFormat.Grey,
        };
        long count = Math.Max(0, _end - _first);
        Info = new VideoInfo(format, frameRate, frameRate)
        {
            FrameCount = count, DurationSeconds = frameRate.Seconds(count), Codec = "pictures", Container = "pictures",
        };
    }

    public VideoInfo Info { get; }

    public IReadOnlyList<string> Warnings => _warnings;

    public VideoFrame? Read()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_next >= _end)
        {
            return null;
        }

        string path = _paths[(int)_next];
        ImageReadResult read = ImageFile.Read(path);
        if ((read.Image.Width, read.Image.Height) != _size)
        {
            throw new MediaException(
                $"'{path}' has {read.Image.Width}x{read.Image.Height} pixels, the first picture {_size.Width}x{_size.Height}; frames have one size.");
        }

        // Thousands of pictures may all have the same to say.
        if (_warnings.Count == 0 && (read.Image.HasAlpha || read.Warnings.Count > 0))
        {
            _warnings.AddRange(read.Warnings);
            _warnings.AddRange(read.Image.HasAlpha ? [$"The transparency of '{path}' is left out."] : []);
        }

        Image color = read.Image.SplitAlpha().Color.ToRgb();
        Image image = _scaled ? ImageResizer.Resize(color, Info.Format.Width, Info.Format.Height) : color;
        return VideoColor.FromRgb(image.Pixels.Span, Info.Format, _next++ - _first);
    }

    public void Dispose()
    {
    }
}
