using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>The command lines of ffmpeg and ffprobe for reading video.</summary>
internal static class VideoArguments
{
    /// <summary>
    /// The formats that are ever recognised: those that hold video themselves. Play lists, scripts and patterns, which name other files, are not among them.
    /// </summary>
    private const string Demuxers =
        "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,ogg,asf,mxf,nut,yuv4mpegpipe,gif,apng,ivf,obu,h264,hevc,m4v,h263,h261,vc1,rm,wtv,dv,dvr_ms,mjpeg";

    /// <summary>Formats of tracks that go beside a video: those that hold sound.</summary>
    private const string TrackDemuxers =
        "mov,matroska,avi,mpegts,mpeg,flv,ogg,asf,mxf,nut,wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,dts,ape,wv,tta,srt,ass,webvtt";

    /// <summary>ffprobe: the header as JSON.</summary>
    public static string[] Probe(MediaSource source, bool tracksOnly = false) =>
    [
        "-v", "error", .. Open(source, tracksOnly ? TrackDemuxers : Demuxers), "-of", "json", "-show_entries",
        "format=format_name,duration,probe_score:format_tags:stream=index,codec_type,codec_name,pix_fmt,width,height,r_frame_rate,avg_frame_rate,"
        + "time_base,nb_frames,duration,sample_aspect_ratio,color_range,color_space,color_transfer,color_primaries:stream_disposition=attached_pic:"
        + "stream_tags=alpha_mode:stream_side_data=displaymatrix",
    ];

    /// <summary>ffprobe: the times of the first packets of a track.</summary>
    public static string[] ProbePackets(MediaSource source, string stream, int count) =>
    [
        "-v", "error", .. Open(source, Demuxers), "-of", "json", "-select_streams", stream, "-read_intervals", $"%+#{Text(count)}",
        "-show_entries", "packet=pts,pts_time",
    ];

    /// <summary>ffmpeg: all frames with their times as NUT, and other tracks to a file.</summary>
    public static string[] Decode(MediaSource source, VideoReadPlan plan, VideoReadOptions options, IEnumerable<string> tracks)
    {
        string[] range = options.Duration is { } duration ? ["-t", Text(duration)] : [];
        string[] start = options.Start is { } begin ? ["-ss", Text(begin)] : [];
        // A pipe cannot be sought in: what comes before the start is decoded and dropped.
        (string[] before, string[] after) = source.IsStream ? ([], start) : (start, Array.Empty<string>());
        return
        [
            "-v", "error", "-nostdin", "-noautorotate", "-max_pixels", Text(VideoLimits.MaxPixels), .. before, .. Open(source, Demuxers),
            "-map", $"0:{Text(plan.StreamIndex)}", .. after, .. range, .. options.MaxFrames is { } frames ? (string[])["-frames:v", Text(frames)] : [],
            "-vf", plan.Filters, "-pix_fmt", plan.PixelFormat, "-c:v", "rawvideo", "-fps_mode", "passthrough", "-enc_time_base:v", "-1",
            "-map_metadata", "-1", "-f", "nut", "-write_index", "0", "pipe:1",
            .. options.TracksPath is null ? [] : (string[])[.. after, .. range, .. tracks],
        ];
    }

    /// <summary>ffmpeg: sound, and subtitles if wanted, of a file as Matroska, not decoded.</summary>
    public static string[] CopyTracks(MediaSource source, VideoReadOptions options, IEnumerable<string> tracks) =>
    [
        "-v", "error", "-nostdin", .. options.Start is { } begin ? (string[])["-ss", Text(begin)] : [], .. Open(source, Demuxers),
        .. options.Duration is { } duration ? (string[])["-t", Text(duration)] : [], .. tracks,
    ];

    /// <summary>How an input is named.</summary>
    public static string[] Open(MediaSource source, string demuxers = TrackDemuxers) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxers, "-i", source.Url];

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Text(TimeSpan time) => Text(time.TotalSeconds);
}
