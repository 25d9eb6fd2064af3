using System.Globalization;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Writes YUV4MPEG2 (mjpegtools, yuv4mpeg(5); the names of deep formats and XCOLORRANGE are ffmpeg's). Every frame leaves at once.</summary>
internal sealed class Y4mSink : IFrameSink
{
    private readonly Stream _stream;
    private readonly string _name;
    private readonly string? _path;
    private readonly string? _temporary;
    private readonly VideoFormat _format;
    private readonly FrameClock _clock;
    private readonly FrameClock _rate;
    private readonly List<string> _warnings = [];
    private long _count;
    private long _first;
    private bool _isUneven;

    public Y4mSink(string? path, Stream? stream, VideoFormat format, FrameClock clock, VideoWriteOptions options)
    {
        (_clock, _rate) = (clock, options.FrameRate ?? clock);
        _name = path ?? "(Y4M stream)";
        _path = path is null ? null : Path.GetFullPath(path);
        _format = format.Chroma == ChromaFormat.Rgb
            ? format with { Chroma = ChromaFormat.Yuv444, Matrix = ColorCodes.ByHeight(format.Height), FullRange = false }
            : format;
        string header = Header(_format, _rate);
        Warn(format, options);
        _temporary = _path is null ? null : PendingFile.NameFor(_path);
        _stream = stream ?? File.Create(_temporary!);
        Put(Encoding.ASCII.GetBytes(header));
    }

    public IReadOnlyList<string> Warnings => _warnings;

    public void Write(VideoFrame frame)
    {
        _first = _count == 0 ? frame.Timestamp : _first;
        double expected = _rate.Seconds(_count);
        _isUneven |= Math.Abs(_clock.Seconds(frame.Timestamp - _first) - expected) > 0.5 / _rate.TicksPerSecond;
        _count++;
        Put("FRAME\n"u8);
        Put(frame.Format.Chroma == _format.Chroma ? frame.Samples : VideoColor.FromRgb(frame, _format).Samples);
        if (_path is null)
        {
            _stream.Flush();
        }
    }

    public void Complete()
    {
        if (_isUneven)
        {
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Y4M has no times: '{_name}' shows the frames at {_rate.TicksPerSecond:0.###} per second, which are not equally far apart."));
        }

        if (_path is not null)
        {
            _stream.Dispose();
            File.Move(_temporary!, _path, overwrite: true);
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            _stream.Dispose();
            File.Delete(_temporary);
        }
    }

    private static string Header(VideoFormat format, FrameClock rate)
    {
        // Refuses depths that have no name.
        _ = PixelFormats.Name(format.Chroma, format.BitDepth);
        bool isDeep = format.BitDepth > 8;
        string chroma = format.Chroma switch
        {
            ChromaFormat.Grey => "mono",
            ChromaFormat.Yuv420 => isDeep ? "420p" : "420mpeg2",
            ChromaFormat.Yuv422 => isDeep ? "422p" : "422",
            _ => isDeep ? "444p" : "444",
        };
        string depth = isDeep ? VideoArguments.Text(format.BitDepth) : string.Empty;
        (int across, int down) = format.PixelAspect;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"YUV4MPEG2 W{format.Width} H{format.Height} F{rate.Numerator}:{rate.Denominator} Ip A{across}:{down} C{chroma}{depth} XCOLORRANGE={(format.FullRange ? "FULL" : "LIMITED")}\n");
    }

    private void Warn(VideoFormat format, VideoWriteOptions options)
    {
        if (format.Chroma == ChromaFormat.Rgb)
        {
            _warnings.Add($"Y4M has no RGB: '{_name}' gets YUV 4:4:4 of limited range.");
        }

        if (format.Orientation != 1)
        {
            _warnings.Add($"Y4M cannot say that pictures are turned: '{_name}' shows them as they are coded.");
        }

        if (options.Tracks.Count > 0)
        {
            _warnings.Add($"Y4M has no sound: '{_name}' is silent.");
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw new MediaException($"'{_name}' cannot be written: {error.Message}", error);
        }
    }
}
