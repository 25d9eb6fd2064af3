namespace Codecs.Formats.Media;

/// <summary>The command lines of ffmpeg for writing video.</summary>
internal static class EncodeArguments
{
    /// <summary>ffmpeg: frames with their times from a pipe, tracks from files, to one container.</summary>
    public static string[] Encode(VideoContainer container, VideoEncodePlan plan, IReadOnlyList<TrackFile> tracks, string url) =>
    [
        "-v", "error", "-nostdin", "-y", "-copyts", .. Frames(plan.Piped),
        .. tracks.SelectMany(track => (string[])["-itsoffset", VideoArguments.Text(track.OffsetSeconds), .. VideoArguments.Open(track.Source)]),
        "-map", "0:v", .. Video(plan), .. TrackCopy.Into(container, tracks),
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        // Index first, and FLAC, which older versions call experimental.
        .. container is VideoContainer.Mp4 or VideoContainer.Mov ? (string[])["-movflags", "+faststart", "-strict", "-2"] : [],
        "-f", Muxer(container), url,
    ];

    /// <summary>ffmpeg: frames from a pipe to a bare bitstream in a pipe.</summary>
    public static string[] EncodeBare(VideoFormat format, IEnumerable<string> encoder, string muxer) =>
    [
        "-v", "error", "-nostdin", .. Frames(format), "-map", "0:v", .. encoder, "-pix_fmt", PixelFormats.Name(format.Chroma, format.BitDepth),
        "-fps_mode", "passthrough", "-enc_time_base:v", "-1", .. Colors(format), "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-f", muxer, "pipe:1",
    ];

    /// <summary>ffmpeg: a bare bitstream in a pipe to bare frames in a pipe.</summary>
    public static string[] DecodeBare(VideoFormat format, string demuxer) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "pipe", "-max_pixels", VideoArguments.Text(VideoLimits.MaxPixels), "-f", demuxer, "-i", "pipe:0",
        "-map", "0:v:0", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-pix_fmt", PixelFormats.Name(format.Chroma, format.BitDepth), "-f", "rawvideo", "pipe:1",
    ];

    private static string Muxer(VideoContainer container) => container switch
    {
        VideoContainer.Mp4 => "mp4",
        VideoContainer.Mov => "mov",
        VideoContainer.WebM => "webm",
        _ => "matroska",
    };

    /// <summary>The input of frames. Nothing has to be guessed, so nothing is read ahead.</summary>
    private static string[] Frames(VideoFormat format) =>
    [
        .. Colors(format), "-protocol_whitelist", "pipe", "-probesize", "32", "-analyzeduration", "0", "-fpsprobesize", "0", "-f", "nut", "-i", "pipe:0",
    ];

    private static string[] Video(VideoEncodePlan plan) =>
    [
        "-vf", plan.Filters, .. plan.Encoder, "-pix_fmt", plan.PixelFormat, "-fps_mode", "passthrough", "-enc_time_base:v", "-1", .. Colors(plan.Colors),
    ];

    private static string[] Colors(VideoFormat format) =>
    [
        "-color_primaries", VideoArguments.Text(format.Primaries), "-color_trc", VideoArguments.Text(format.Transfer),
        "-colorspace", VideoArguments.Text(format.Matrix), "-color_range", format.FullRange ? "pc" : "tv",
    ];
}
