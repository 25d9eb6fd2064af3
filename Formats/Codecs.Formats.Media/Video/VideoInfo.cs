namespace Codecs.Formats.Media;

/// <summary>What a video's header says.</summary>
/// <param name="Format">What frames are when they are read, conversions included.</param>
/// <param name="Clock">The unit of the frames' timestamps. At a constant rate the rate itself or a whole multiple of it.</param>
/// <param name="FrameRate">Frames per second as a fraction; the average when the rate is variable.</param>
public sealed record VideoInfo(VideoFormat Format, FrameClock Clock, FrameClock FrameRate)
{
    /// <summary>True when frames are not equally far apart, as far as the header shows.</summary>
    public bool IsVariableRate { get; init; }

    /// <summary>Number of frames, where the header knows it. A hint: files may lie.</summary>
    public long? FrameCount { get; init; }

    /// <summary>How long the video is, in seconds, where the header knows it. A hint: files may lie.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>True when there is sound.</summary>
    public bool HasAudio => AudioCodec is not null;

    /// <summary>ffmpeg's name of the first sound track's codec, or null when there is no sound.</summary>
    public string? AudioCodec { get; init; }

    /// <summary>ffmpeg's name of the video codec, such as "h264".</summary>
    public string Codec { get; init; } = "rawvideo";

    /// <summary>ffmpeg's name of the container, such as "matroska,webm".</summary>
    public string Container { get; init; } = "unknown";

    /// <summary>Number of subtitle tracks.</summary>
    public int SubtitleCount { get; init; }
}
